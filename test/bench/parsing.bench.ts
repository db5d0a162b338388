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
  const [first, edited]: [number[], number[]] = [[], []];
  const timed = async (times: number[], text: string, name: string) => {
    const start = performance.now();
    const { spanOpenings, attributeWrites } = await parser.find('python', text, name);
    times.push(performance.now() - start);
    if (spanOpenings.length !== 500 || attributeWrites.length !== 500) throw new Error('not all was found');
  };
  for (let round = 0; round < rounds; round++) {
    const name = `file ${round}`;
    await timed(first, lines.join('\n'), name);
    // Typing in a function somewhere in the middle, and a new line there.
    const at = 1000 + round * 200 + 5;
    const typed = lines.with(at, `${lines[at]}  # ${round}`);
    await timed(edited, typed.join('\n'), name);
    await timed(edited, typed.toSpliced(at, 0, '        retries = 0').join('\n'), name);
  }
  console.log(`5,000 lines: first ${spread(first)} ms, after an edit ${spread(edited)} ms`);
  return [
    { name: 'edit of a file of 5,000 lines to its call sites', value: median(edited), unit: 'ms', limit: 20 },
    {
      name: 'the same, against the first parse',
      value: median(edited) / median(first),
      unit: '× first parse',
      limit: 0.25,
    },
  ];
}
