import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../tools/build.mjs';
import { hostFiles } from '../../tools/vscode-host/hostFiles.mjs';

const root = path.resolve(__dirname, '../..');
const runs = 15;

/** How long the built extension takes to be loaded and to return from `activate`, in the Node that the extension host runs on. */
export async function bench(): Promise<{ name: string; value: number; unit: string; limit: number }[]> {
  await build({ production: true });
  const { node } = hostFiles();
  const program = existsSync(node) ? node : process.execPath;
  const once = () =>
    JSON.parse(
      execFileSync(program, [path.join(__dirname, 'support/activateOnce.cjs'), root], { encoding: 'utf8' }),
    );
  once();
  const times = Array.from({ length: runs }, () => once());
  if (times.some(({ isAwaited }) => isAwaited)) throw new Error('activate returns something to wait for');
  const sorted = times.map(({ elapsedMs }) => Number(elapsedMs)).sort((a, b) => a - b);
  console.log(`activation: ${sorted.map((ms) => ms.toFixed(1)).join(' ')} ms`);
  const median = sorted[Math.floor(runs / 2)] ?? Number.NaN;
  return [{ name: 'load and activate the extension', value: median, unit: 'ms', limit: 50 }];
}
