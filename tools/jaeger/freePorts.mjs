// @ts-check
import dgram from 'node:dgram';
import net from 'node:net';

const HOST = '127.0.0.1';

/**
 * @param {number} [port] 0: any free one
 * @returns {Promise<number | undefined>} the port, undefined when it is taken
 */
export function freeTcpPort(port = 0) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/**
 * @param {number} [port] 0: any free one
 * @returns {Promise<number | undefined>} the port, undefined when it is taken
 */
export function freeUdpPort(port = 0) {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ port, address: HOST, exclusive: true }, () => {
      const taken = socket.address().port;
      socket.close(() => resolve(taken));
    });
  });
}
