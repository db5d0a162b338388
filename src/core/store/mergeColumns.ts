import type { ValueColumn } from '../alerts/valueColumn';

/** Columns of one group, each in the order of time, as columns that follow on each other: mostly they do already. */
export function mergeColumns(columns: readonly ValueColumn[]): readonly ValueColumn[] {
  const sorted = [...columns].sort((a, b) => startOf(a) - startOf(b));
  const merged: ValueColumn[] = [];
  let overlapping: ValueColumn[] = [];
  let endUs = Number.NEGATIVE_INFINITY;
  for (const column of sorted) {
    if (overlapping.length > 0 && startOf(column) < endUs) overlapping.push(column);
    else {
      if (overlapping.length > 0) merged.push(mergeAll(overlapping));
      overlapping = [column];
    }
    endUs = Math.max(endUs, column.timeUs.at(-1) ?? endUs);
  }
  if (overlapping.length > 0) merged.push(mergeAll(overlapping));
  return merged;
}

function startOf({ timeUs }: ValueColumn): number {
  return timeUs[0] ?? 0;
}

/** Two by two, so that each value is copied as often as there are levels. */
function mergeAll(columns: readonly ValueColumn[]): ValueColumn {
  const [first, second] = columns;
  if (!first || !second) return first ?? emptyColumn(0, []);
  if (columns.length === 2) return mergeTwo(first, second);
  const half = columns.length >> 1;
  return mergeTwo(mergeAll(columns.slice(0, half)), mergeAll(columns.slice(half)));
}

function mergeTwo(a: ValueColumn, b: ValueColumn): ValueColumn {
  const size = a.timeUs.length + b.timeUs.length;
  const merged = emptyColumn(size, [a, b]);
  let [i, j] = [0, 0];
  for (let at = 0; at < size; at++) {
    const isFromA = j >= b.timeUs.length || (i < a.timeUs.length && (a.timeUs[i] ?? 0) <= (b.timeUs[j] ?? 0));
    const [from, index] = isFromA ? [a, i++] : [b, j++];
    merged.timeUs[at] = from.timeUs[index] ?? 0;
    merged.value[at] = from.value[index] ?? 0;
    if (merged.weight) merged.weight[at] = from.weight ? (from.weight[index] ?? 1) : 1;
  }
  return merged;
}

function emptyColumn(size: number, parts: readonly ValueColumn[]) {
  const isSample = parts.some(({ weight }) => weight !== undefined);
  return {
    timeUs: new Float64Array(size),
    value: new Float64Array(size),
    weight: isSample ? new Float64Array(size) : undefined,
  };
}
