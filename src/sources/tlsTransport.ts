// By these names, not as node:http and node:https: VS Code puts its proxy support only under them.
import http from 'http';
import https from 'https';
import type { TlsOptions } from './tlsOptions';

type OnResponse = (response: http.IncomingMessage) => void;

/** What axios asks for a request. */
export interface Transport {
  request(options: https.RequestOptions, onResponse: OnResponse): http.ClientRequest;
}

const agents = {
  http: new http.Agent({ keepAlive: false }),
  https: new https.Agent({ keepAlive: false }),
};

/**
 * Sends requests with these TLS options. They go with each request, not into an https.Agent: VS Code's proxy support
 * replaces the agent for any host but this machine's, and the agent's options would be lost with it
 * (@vscode/proxy-agent `createHttpPatch`, proxySupport "override", the default).
 */
export function tlsTransport(tls: TlsOptions): Transport {
  return {
    request: (options, onResponse) =>
      options.protocol === 'https:'
        ? https.request({ ...options, ...tls, agent: agents.https }, onResponse)
        : http.request({ ...options, agent: agents.http }, onResponse),
  };
}
