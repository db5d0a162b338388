import type { Selection, ValueColumn } from '../alerts/valueColumn';
import type { InferenceDefinition } from '../trace/inference';
import { groupReader } from './groupReader';
import type { HeldBlock } from './heldBlock';
import { type MeasuredRow, rowsMeasured } from './rowsMeasured';

/** Values of one group in one block, the one that ended first first. */
export interface BlockColumn extends ValueColumn {
  readonly labels: readonly string[];
  /** Where its span lies in the block. */
  readonly row: Uint32Array;
}

/** The values that a selection has in a block, by group. */
export function blockColumns(
  held: HeldBlock,
  selection: Selection,
  definition: InferenceDefinition,
): ReadonlyMap<string, BlockColumn> {
  const reader = groupReader(held, selection.groupBy);
  const groups = new Map<string, { labels: readonly string[]; rows: MeasuredRow[] }>();
  for (const measured of rowsMeasured(held, selection, definition)) {
    const key = reader.keyOf(measured.row);
    const group = groups.get(key);
    if (group) group.rows.push(measured);
    else groups.set(key, { labels: reader.labelsOf(measured.row), rows: [measured] });
  }
  return new Map([...groups].map(([key, { labels, rows }]) => [key, columnOf(labels, rows)]));
}

function columnOf(labels: readonly string[], rows: readonly MeasuredRow[]): BlockColumn {
  const column = {
    labels,
    timeUs: new Float64Array(rows.length),
    value: new Float64Array(rows.length),
    row: new Uint32Array(rows.length),
  };
  for (const [i, { timeUs, value, row }] of rows.entries()) {
    column.timeUs[i] = timeUs;
    column.value[i] = value;
    column.row[i] = row;
  }
  const isSample = rows.some(({ weight }) => weight !== 1);
  return { ...column, weight: isSample ? Float64Array.from(rows, ({ weight }) => weight) : undefined };
}
