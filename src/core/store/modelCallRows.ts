import { keyMask } from '../columns/attributeValue';
import type { BlockView } from '../columns/blockView';
import { rangeOf } from '../columns/rangeOf';
import { marksModelCall, modelCallKeys } from '../genai/modelCall';
import { outermostRows } from './outermostRows';

/**
 * The rows of a block that are inferences because they call a language model: in traces that have none of `others`, and of calls within each
 * other the outer ones; as far as traces lie in the block.
 */
export function modelCallRows(view: BlockView, others: readonly number[]): readonly number[] {
  const calls = callsIn(view);
  if (calls.length === 0) return [];
  const withOthers = new Set(others.map((row) => view.traceOf(row)));
  const byTrace = new Map<number, number[]>();
  for (const row of calls) {
    const trace = view.traceOf(row);
    if (withOthers.has(trace)) continue;
    const rows = byTrace.get(trace);
    if (rows) rows.push(row);
    else byTrace.set(trace, [row]);
  }
  return [...byTrace].flatMap(([trace, rows]) => outermostRows(view, trace, rows));
}

/** The rows that are calls of language models. */
function callsIn(view: BlockView): readonly number[] {
  const keys = new Map(modelCallKeys.map((key) => [view.refOf(key), key]));
  keys.delete(0);
  if (keys.size === 0) return [];
  const { attributes } = view.block.spans;
  const rows: number[] = [];
  for (let row = 0; row < view.spanCount; row++) {
    const [from, to] = rangeOf(attributes.ends, row);
    for (let i = from; i < to; i++) {
      const key = keys.get((attributes.keys[i] ?? 0) & keyMask);
      if (key === undefined || !marksModelCall(key, view.value(attributes, i))) continue;
      rows.push(row);
      break;
    }
  }
  return rows;
}
