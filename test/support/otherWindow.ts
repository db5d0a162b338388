import { tracesOf } from '../../src/core/columns/tracesOf';
import { Receivers } from '../../src/platform/receivers';
import { inlineReceived } from './inlineReceived';

/**
 * What another window of VS Code does with ports, in a process of its own: receives, shares, and says so line by line. Its arguments are
 * the port and the folder that windows share; when its standard input ends, it ends as a window that is closed.
 */
const [, , port = '', sharedFolder = '', sharing = 'separate'] = process.argv;
const say = (text: string) => process.stdout.write(`${text}\n`);

const receivers: Receivers = new Receivers({
  windowId: `other-${process.pid}`,
  settings: { port: Number(port), bindAddress: '127.0.0.1', sharing: 'ask' },
  readToken: () => Promise.reject(new Error('no token is needed on loopback')),
  sharedFolder,
  decodeThread: inlineReceived,
  onBlocks: (blocks) => {
    for (const { traceId } of tracesOf(blocks)) say(`trace ${traceId}`);
  },
  onDidChange: () => say(`sharing ${receivers.endpoints?.sharing} at ${receivers.endpoints?.otlpUrl}`),
  log: { info: (text) => say(`info ${text}`), warn: (text) => say(`warn ${text}`) },
  report: (error) => say(`error ${error instanceof Error ? error.stack : String(error)}`),
});

receivers
  .start()
  .then(() => {
    say(`listening ${JSON.stringify(receivers.endpoints)}`);
    receivers.share(sharing === 'share');
  })
  .catch((error: unknown) => {
    say(`error ${String(error)}`);
    process.exitCode = 1;
  });
process.stdin.resume().on('end', () => {
  receivers.dispose();
  process.exit();
});
