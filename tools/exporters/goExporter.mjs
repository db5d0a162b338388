// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir } from '../bootstrap/cacheDir.mjs';
import { fileHash } from '../bootstrap/fileHash.mjs';
import { findOnPath, isExecutable } from '../bootstrap/findOnPath.mjs';
import { withLock } from '../bootstrap/lockFolder.mjs';
import { runLogged } from '../bootstrap/runLogged.mjs';
import { missing } from '../bootstrap/stepResult.mjs';

const source = fileURLToPath(new URL('../../test/fixtures/exporters/go', import.meta.url));

/**
 * The program with Go's exporter, built once for its sources and kept in the cache folder.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{command: string, args: string[]}>>}
 */
export async function ensureGoExporter() {
  const files = ['go.mod', 'go.sum', 'main.go'].map((name) => path.join(source, name));
  const name = process.platform === 'win32' ? 'send.exe' : 'send';
  const hash = fileHash(files, [process.platform, process.arch]);
  const command = path.join(cacheDir(), 'exporters', `go-${hash}`, name);
  const built = { ok: /** @type {const} */ (true), command, args: [] };
  if (isExecutable(command)) return built;
  const go = findOnPath('go') ?? ['/usr/local/go/bin/go'].find(isExecutable);
  if (go === undefined) return missing('Go', 'install Go 1.26 or newer to test Go’s exporter');
  return withLock(`${path.dirname(command)}.lock`, async () => {
    if (isExecutable(command)) return built;
    const { ok } = await runLogged({
      what: 'building Go’s exporter',
      command: go,
      args: ['build', '-mod=readonly', '-buildvcs=false', '-o', command, '.'],
      cwd: source,
      env: { GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
    });
    return ok ? built : missing('Go’s exporter', 'it could not be built (see above)');
  });
}
