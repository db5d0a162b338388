import { criticalPath } from '../../src/core/trace/criticalPath';
import { selfTimeUs } from '../../src/core/trace/selfTime';
import { buildSpanTree, type SpanNode } from '../../src/core/trace/spanTree';
import type { Trace } from '../../src/core/trace/trace';
import { type SpanDraft, traceOf } from '../unit/core/spanOf';
import { inTurns, type Measurement, median, spread } from './support/compare';

const rounds = 7;

const shape = (spans: number, draft: (i: number) => SpanDraft): Trace =>
  traceOf(Array.from({ length: spans }, (_, i) => draft(i)));

const shapes: Record<string, Trace> = {
  '100,000 spans bushy': shape(100_000, (i) => ({
    ...{ id: i + 1, startTimeUs: i, durationUs: 4 * (100_000 - i) },
    ...(i === 0 ? {} : { parent: Math.ceil(i / 3) }),
  })),
  '50,000 siblings': shape(50_000, (i) => ({
    ...{ id: i + 1, startTimeUs: 2 * i, durationUs: i === 0 ? 1_000_000 : 1 + (i % 7) },
    ...(i === 0 ? {} : { parent: 1 }),
  })),
  '50,000 deep': shape(50_000, (i) => ({
    ...{ id: i + 1, startTimeUs: i, durationUs: 2 * (50_000 - i) },
    ...(i === 0 ? {} : { parent: i }),
  })),
};

function selfTimes(roots: readonly SpanNode[]): number {
  let sum = 0;
  const stack = [...roots];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    sum += selfTimeUs(node);
    for (const child of node.children) stack.push(child);
  }
  return sum;
}

/** The tree, the self time of each span, and the critical path. */
export async function bench(): Promise<Measurement[]> {
  const works = Object.values(shapes).map((trace) => () => {
    const roots = buildSpanTree(trace);
    const { sections } = criticalPath(roots);
    if (sections.length === 0 || selfTimes(roots) === 0) throw new Error('no path');
    return sections;
  });
  const times = inTurns(works, rounds);
  return Object.keys(shapes).map((name, i) => {
    console.log(`critical path, ${name}: ${spread(times[i] ?? [])} ms`);
    return {
      name: `tree, self times and critical path: ${name}`,
      value: median(times[i] ?? []),
      unit: 'ms',
      limit: 500,
    };
  });
}
