// @ts-check
import path from 'node:path';
import { cacheDir } from '../bootstrap/cacheDir.mjs';
import { tryLock } from '../bootstrap/lockFolder.mjs';
import { freeTcpPort } from '../jaeger/freePorts.mjs';

/** OTLP's own, then the same others each time, so that the workspaces named for them don't pile up. */
const PORTS = [4318, 14_318, 24_318, 34_318];

/**
 * Where the window will receive: OTLP's own port, or another when a collector or another window has that. Nobody listens there before
 * the window is open, so the port is claimed, against another `npm start` that looks meanwhile.
 * @returns {Promise<{port: number, release: () => void}>}
 */
export async function claimReceiverPort() {
  for (const port of PORTS) {
    const release = tryLock(path.join(cacheDir(), 'locks', `receiver-${port}`));
    if (!release) continue;
    if ((await freeTcpPort(port)) !== undefined) return { port, release };
    release();
  }
  const port = await freeTcpPort();
  if (port === undefined) throw new Error('no port of 127.0.0.1 is free');
  return { port, release: () => {} };
}
