import { BlockView } from './blockView';
import type { SpanBlock } from './spanBlock';

/** Which spans are looked at. */
export interface SpansOf {
  readonly service: string;
  /** Their name; any when it is left out. */
  readonly operation: string | undefined;
}

/** Of each trace that has such spans, how long the longest of them took, in microseconds: what a search by duration goes by. */
export function longestSpans(block: SpanBlock, { service, operation }: SpansOf): readonly number[] {
  const view = new BlockView(block);
  const name = operation === undefined ? undefined : view.refOf(operation);
  const { name: names, durationUs } = block.spans;
  const longest: number[] = [];
  for (let trace = 0; trace < view.traceCount; trace++) {
    const [from, to] = view.rowsOf(trace);
    let its = -1;
    for (let row = from; row < to; row++) {
      const isOne = (name === undefined || names[row] === name) && view.service(row) === service;
      if (isOne) its = Math.max(its, durationUs[row] ?? 0);
    }
    if (its >= 0) longest.push(its);
  }
  return longest;
}
