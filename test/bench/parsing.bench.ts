import path from 'node:path';
import { TreeSitterCallSites } from '../../src/sources/parser/treeSitter';
import { type Measurement, median, spread } from './support/compare';

const root = path.resolve(__dirname, '../..');
const rounds = 15;

/** A file of 5,000 lines: functions that open spans and set attributes, as a large service has them. */
function pythonFile(): string[] {
  const block = (i: number) => [
    `def step_${i}(request, features):`,
    `    """Does step ${i} of the pipeline."""`,
    `    with tracer.start_as_current_span("step_${i}") as span:`,
    `        latency = measure(lambda: store.get(features[${i}], timeout=2.5))`,
    '        span.set_attribute("storage_latency_ms", latency)',
    '        if latency > 300 and request.retries < 3:',
    '            log.warning("slow storage: %s ms for %s", latency, request.id)',
    '            return step_slow(request, [x * 2 for x in features], {"a": 1, "b": [1, 2, 3]})',
    '        return model.run(features)',
    '',
  ];
  return Array.from({ length: 500 }, (_, i) => block(i)).flat();
}

/**
 * What people do to a line of such a function. A comment at the border of a block, as the last two are, has Python's grammar read all that
 * follows anew.
 */
const edits: Readonly<Record<string, (lines: readonly string[], at: number) => readonly string[]>> = {
  'a word': (lines, at) => lines.with(at + 3, (lines[at + 3] ?? '').replace('latency', 'waited')),
  'a number': (lines, at) => lines.with(at + 3, (lines[at + 3] ?? '').replace('2.5', '2.75')),
  'a new line': (lines, at) => lines.toSpliced(at + 5, 0, '        retries = 0'),
  'a line less': (lines, at) => lines.toSpliced(at + 8, 1),
  'a comment': (lines, at) => lines.with(at + 8, `${lines[at + 8]}  # slow`),
  'a comment before a block': (lines, at) => lines.with(at + 5, `${lines[at + 5]}  # slow`),
};

/** What it takes from the text of a large file to its call sites, at first and after an edit; both in the parser's thread. */
export async function bench(): Promise<Measurement[]> {
  const wasm = (name: string) =>
    path.join(
      root,
      'node_modules',
      name === 'web-tree-sitter.wasm' ? 'web-tree-sitter' : '@vscode/tree-sitter-wasm/wasm',
      name,
    );
  const parser = new TreeSitterCallSites(wasm);
  const lines = pythonFile();
  await parser.find('python', 'x = 1');
  const timed = async (times: number[], text: string, name: string) => {
    const start = performance.now();
    const { spanOpenings, attributeWrites } = await parser.find('python', text, name);
    times.push(performance.now() - start);
    if (spanOpenings.length !== 500 || attributeWrites.length !== 500) throw new Error('not all was found');
  };
  const first: number[] = [];
  const times = new Map(Object.keys(edits).map((kind) => [kind, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    const name = `file ${round}`;
    await timed(first, lines.join('\n'), name);
    // The first edit after a parse also pays for what the parse left behind.
    await parser.find('python', lines.with(3, '').join('\n'), name);
    await parser.find('python', lines.join('\n'), name);
    for (const [kind, edit] of Object.entries(edits)) {
      await timed(times.get(kind) ?? [], edit(lines, 1000 + round * 200).join('\n'), name);
      // Back, and all of it known again.
      await parser.find('python', lines.join('\n'), name);
    }
  }
  console.log(`5,000 lines: first ${spread(first)} ms`);
  for (const [kind, each] of times) console.log(`  after ${kind}: ${spread(each)} ms`);
  const edited = median([...times.values()].map(median));
  return [
    { name: 'edit of a file of 5,000 lines to its call sites', value: edited, unit: 'ms', limit: 20 },
    {
      name: 'the same, against the first parse',
      value: edited / median(first),
      unit: '× first parse',
      limit: 0.25,
    },
  ];
}
