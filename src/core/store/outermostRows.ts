import type { BlockView } from '../columns/blockView';
import { outermost } from '../trace/outermost';

/** Those of some rows of a trace that have none of the others above them. */
export function outermostRows(view: BlockView, trace: number, rows: readonly number[]): readonly number[] {
  if (rows.length < 2) return rows;
  const { id, parent } = view.block.spans;
  const [from, to] = view.rowsOf(trace);
  const parents = new Map<number, number>();
  for (let row = from; row < to; row++) parents.set(id[row] ?? 0, parent[row] ?? 0);
  const kept = outermost(new Set(rows.map((row) => id[row] ?? 0)), (of) => parents.get(of) || undefined);
  return rows.filter((row) => kept.has(id[row] ?? 0));
}
