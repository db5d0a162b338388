import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CompactFile } from '../../src/core/mapping/compactFile';
import { packSites } from '../../src/core/mapping/indexedFile';
import { SiteLocator } from '../../src/core/mapping/siteLocator';
import { WorkspaceIndex } from '../../src/core/mapping/workspaceIndex';
import type { SpanSite } from '../../src/core/store/spanSite';
import { Sliced } from '../../src/features/annotations/sliced';
import { type KeptFile, readKeptIndex, writeKeptIndex } from '../../src/sources/codeIndex/keptIndex';
import { type Measurement, median, spread, timeMs } from './support/compare';

const files = 5000;
const functionsOfFile = 30;

/** A file as a service has them: thirty functions, each third opens a span, one of them by a pattern. */
function keptFile(i: number): KeptFile {
  const functions = Array.from({ length: functionsOfFile }, (_, f) => ({
    ...{ name: `function_${f}_${i % 500}`, container: f % 2 ? `Class${i}` : undefined },
    ...{ line: 1 + f * 20, endLine: 18 + f * 20 },
  }));
  const spanOpenings = functions
    .filter((_, f) => f % 3 === 0)
    .map((inFunction, f) => ({
      spanName: f === 0 ? [`load_${i}_`, ''] : [`span_${f}_${i}`],
      ...{ line: inFunction.line + 2, inFunction },
    }));
  const key = `file:///work/service_${i % 50}/part_${i % 7}/file_${i}.py`;
  return { key, mtimeMs: i, size: 4000, sites: packSites({ functions, spanOpenings }) };
}

function siteOf(i: number): SpanSite {
  const kinds = [
    { spanName: `span_3_${i}` },
    { spanName: `load_${i}_user` },
    { spanName: 'x', filePath: `/app/part_${i % 7}/file_${i}.py`, line: 5 },
    { spanName: 'x', functionName: `Class${i}.function_1_${i % 500}` },
    { spanName: `nowhere ${i}` },
  ];
  const clues = { filePath: undefined, line: undefined, functionName: undefined, ...kinds[i % kinds.length] };
  return { key: String(i), service: 's', spanCount: 1, spanName: 'x', ...clues };
}

/** The longest that anything else had to wait while work was done, in milliseconds: of the best of some rounds, since others use the machine, too. */
async function longestBlockMs(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6 - 1;
}

export async function bench(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whyspan-index-'));
  const file = path.join(folder, 'index.jsonl');
  const all = Array.from({ length: files }, (_, i) => keptFile(i));
  const index = new WorkspaceIndex();
  let readMs = 0;
  const [reading, writing]: [number[], number[]] = [[], []];
  try {
    await writeKeptIndex(file, all);
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      reading.push(
        await longestBlockMs(async () => {
          const slices = new Sliced();
          for await (const { key, sites } of readKeptIndex(file)) {
            index.set(new CompactFile(key, new URL(key).pathname, sites));
            await slices.pause();
          }
        }),
      );
      readMs = performance.now() - start;
      writing.push(await longestBlockMs(() => writeKeptIndex(file, all)));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (index.size !== files) throw new Error('not all files were read');
  const sites = Array.from({ length: 1000 }, (_, i) => siteOf(i));
  const locator = new SiteLocator({ index, mapPath: (each) => each });
  const first: number[] = [];
  for (let round = 0; round < 9; round++) {
    locator.forget();
    first.push(
      await longestBlockMs(async () => {
        const slices = new Sliced();
        for (const site of sites) {
          locator.prepare(site);
          await slices.pause();
        }
      }),
    );
  }
  const again = Array.from({ length: 30 }, () => timeMs(() => locator.sitesIn(all[0]?.key ?? '', sites)));
  console.log(
    `index of ${files} files: ${(index.bytes / 1e6).toFixed(0)} MB, read in ${readMs.toFixed(0)} ms, blocks of reading ${spread(reading)} ms, of writing ${spread(writing)} ms; looking for 1,000 sites blocks ${spread(first)} ms, again ${spread(again)} ms`,
  );
  return [
    {
      name: 'longest block while the index of 5,000 files is read or kept',
      value: Math.max(Math.min(...reading), Math.min(...writing)),
      unit: 'ms',
      limit: 8,
    },
    { name: 'index of 5,000 files in memory, by estimate', value: index.bytes / 1e6, unit: 'MB', limit: 64 },
    {
      name: 'longest block while 1,000 sites are looked for among 5,000 files',
      value: Math.min(...first),
      unit: 'ms',
      limit: 8,
    },
    { name: 'places of 1,000 sites from cache', value: median(again), unit: 'ms', limit: 1 },
  ];
}
