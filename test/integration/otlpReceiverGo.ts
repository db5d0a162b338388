import path from 'node:path';
import { cacheDir } from '../../tools/bootstrap/cacheDir.mjs';
import { fileHash } from '../../tools/bootstrap/fileHash.mjs';
import { findOnPath, isExecutable } from '../../tools/bootstrap/findOnPath.mjs';
import { withLock } from '../../tools/bootstrap/lockFolder.mjs';
import { runLogged } from '../../tools/bootstrap/runLogged.mjs';
import { missing, type StepResult } from '../../tools/bootstrap/stepResult.mjs';

const source = path.resolve(__dirname, '../fixtures/exporters/go');

/** The program with Go's exporter, built once for its sources and kept in the cache folder. */
export async function ensureGoExporter(): Promise<StepResult<{ path: string }>> {
  const files = ['go.mod', 'go.sum', 'main.go'].map((name) => path.join(source, name));
  const name = process.platform === 'win32' ? 'send.exe' : 'send';
  const program = path.join(
    cacheDir(),
    'exporters',
    `go-${fileHash(files, [process.platform, process.arch])}`,
    name,
  );
  if (isExecutable(program)) return { ok: true, path: program };
  const go = findOnPath('go') ?? ['/usr/local/go/bin/go'].find(isExecutable);
  if (go === undefined) return missing('Go', 'install Go 1.26 or newer to test Go’s exporter');
  return withLock(`${path.dirname(program)}.lock`, async () => {
    if (isExecutable(program)) return { ok: true, path: program };
    const { ok } = await runLogged({
      what: 'building Go’s exporter',
      command: go,
      args: ['build', '-mod=readonly', '-buildvcs=false', '-o', program, '.'],
      cwd: source,
      env: { GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
    });
    return ok ? { ok: true, path: program } : missing('Go’s exporter', 'it could not be built (see above)');
  });
}
