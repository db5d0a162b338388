import { join } from 'node:path';
import { build } from 'esbuild';
import type { ChartStrings } from '../../../src/features/latencyChart/protocol';

const root = join(__dirname, '..', '..', '..');

/** A script for the browser, bundled as pages are shipped. */
export async function bundle(path: string): Promise<string> {
  const result = await build({
    entryPoints: [join(root, path)],
    ...{ bundle: true, minify: true, format: 'iife', target: 'chrome120', write: false },
  });
  return result.outputFiles[0]!.text;
}

/** The page's texts as they are without a translation: the extension's own, with a stand-in for `vscode`. */
export async function englishStrings(): Promise<ChartStrings> {
  const result = await build({
    entryPoints: [join(root, 'src/features/latencyChart/chartStrings.ts')],
    ...{ bundle: true, format: 'cjs', write: false },
    plugins: [
      {
        name: 'vscode',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stand-in' }));
          onLoad({ filter: /.*/, namespace: 'stand-in' }, () => ({
            contents: 'export const l10n = { t: (text) => text.message ?? text };',
          }));
        },
      },
    ],
  });
  const module = { exports: {} as { chartStrings(): ChartStrings } };
  new Function('module', result.outputFiles[0]!.text)(module);
  return module.exports.chartStrings();
}
