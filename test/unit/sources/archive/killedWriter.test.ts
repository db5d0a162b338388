import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import { LogFolder } from './logFolder';

/** Several at once, as windows that share a folder, and again and again. */
const [rounds, writers] = [3, 5];
const idsOfRun = 100_000;

interface Said {
  readonly id: number;
  readonly timeMs: number;
}

/** Has the program keep traces, kills it some time after it began, and gives what it said. */
async function runUntilKilled(program: string, args: readonly string[], lifeMs: number): Promise<Said[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), lifeMs);
    text += chunk;
  });
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  assert.equal(signal, 'SIGKILL');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [id, timeMs] = line.split(' ').map(Number);
      return { id: id ?? Number.NaN, timeMs: timeMs ?? Number.NaN };
    });
}

describe('a writer that is killed', () => {
  const folder = new LogFolder();
  const built = mkdtempSync(join(tmpdir(), 'whyspan-'));
  const program = join(built, 'killedWriter.cjs');

  before(() => {
    const entryPoints = [join(__dirname, 'killedWriter.ts')];
    buildSync({ entryPoints, outfile: program, bundle: true, platform: 'node', logLevel: 'warning' });
  });
  after(() => {
    folder.dispose();
    rmSync(built, { recursive: true, force: true });
  });

  it('loses the last second at most, however often it happens, and never what was there', async function () {
    this.timeout(60_000);
    const said: Said[][] = [];
    const runOf = (run: number) => {
      const args = [folder.path, `killed${run}`, String(run * idsOfRun + 1)];
      return runUntilKilled(program, args, Math.random() * 1500);
    };
    for (let round = 0; round < rounds; round++) {
      const runs = Array.from({ length: writers }, (_, i) => runOf(round * writers + i));
      said.push(...(await Promise.all(runs)));
    }
    const ids = await folder.ids();
    for (const [run, saidInRun] of said.entries()) {
      const kept = ids.filter((id) => Math.floor(id / idsOfRun) === run);
      // In the order in which they came, without a gap.
      assert.deepEqual(
        kept,
        kept.map((_, i) => run * idsOfRun + 1 + i),
      );
      const lastMs = saidInRun.at(-1)?.timeMs ?? assert.fail('it said nothing');
      const surely = saidInRun.filter(({ timeMs }) => timeMs <= lastMs - 1000).length;
      assert.ok(kept.length >= surely, `${kept.length} of ${surely} in run ${run}`);
    }
    assert.ok(ids.length > 0);
  });
});
