// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir } from '../bootstrap/cacheDir.mjs';
import { fileHash } from '../bootstrap/fileHash.mjs';
import { findOnPath, isExecutable } from '../bootstrap/findOnPath.mjs';
import { withLock } from '../bootstrap/lockFolder.mjs';
import { runLogged } from '../bootstrap/runLogged.mjs';
import { say } from '../bootstrap/say.mjs';
import { missing } from '../bootstrap/stepResult.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PACKAGE = 'github.com/jaegertracing/jaeger/cmd/jaeger';
const FLAGS = [
  '-trimpath',
  '-ldflags',
  '-s -w -X github.com/jaegertracing/jaeger/internal/version.latestVersion=v2.13.0',
];
const NETWORK_ERROR =
  /timeout|timed out|connection re(set|fused)|TLS handshake|unexpected EOF|no such host|temporary failure|50[0-9] |stream error/i;

/**
 * Where the built Jaeger lies, whether or not it has been built: keyed by its sources' sums and the build flags.
 * @returns {string}
 */
export function builtJaegerPath() {
  const key = fileHash(
    [path.join(HERE, 'go.mod'), path.join(HERE, 'go.sum')],
    [...FLAGS, process.platform, process.arch],
  );
  return path.join(cacheDir(), 'jaeger', key, process.platform === 'win32' ? 'jaeger.exe' : 'jaeger');
}

/**
 * Builds Jaeger v2.13.0 without its web pages: 7 to 15 minutes on two cores with an empty Go cache, 12 s with a warm one.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{path: string}>>}
 */
export async function buildJaeger() {
  const binary = builtJaegerPath();
  if (isExecutable(binary)) return { ok: true, path: binary };
  const go = findOnPath('go') ?? [`/usr/local/go/bin/go`].find(isExecutable);
  if (go === undefined)
    return missing(
      'Go',
      'install Go 1.24.6 or newer to build Jaeger, or set WHYSPAN_JAEGER to a Jaeger v2 program',
    );
  return withLock(`${path.dirname(binary)}.lock`, async () => {
    if (isExecutable(binary)) return { ok: true, path: binary };
    say('building Jaeger v2.13.0 with Go: 7 to 15 minutes the first time on this machine, then it is kept');
    fs.mkdirSync(path.dirname(binary), { recursive: true });
    const unfinished = `${binary}.unfinished`;
    const run = () =>
      runLogged({
        what: 'building Jaeger',
        command: go,
        args: ['build', '-mod=readonly', '-buildvcs=false', ...FLAGS, '-o', unfinished, PACKAGE],
        cwd: HERE,
        env: { GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
        logFile: path.join(path.dirname(binary), 'build.log'),
      });
    let result = await run();
    if (!result.ok && NETWORK_ERROR.test(result.output)) {
      say('the network failed while building Jaeger: trying once more');
      result = await run();
    }
    if (!result.ok)
      return missing(
        'Jaeger',
        'it could not be built (see above); or set WHYSPAN_JAEGER to a Jaeger v2 program',
      );
    fs.renameSync(unfinished, binary);
    say(`Jaeger built: ${binary}`);
    return { ok: true, path: binary };
  });
}
