import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** The decoder's thread as a bundle of its own in a folder of its own, which `dispose` deletes. */
export async function buildDecodeWorker(isMinified = false) {
  const folder = mkdtempSync(join(tmpdir(), 'whyspan-decoder-'));
  await build({
    entryPoints: [resolve(__dirname, '../../src/sources/decoder/decodeWorker.ts')],
    outfile: join(folder, 'decodeWorker.js'),
    bundle: true,
    minify: isMinified,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  return {
    file: join(folder, 'decodeWorker.js'),
    /** Another worker, of a text; the path of its file. */
    write: (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
}
