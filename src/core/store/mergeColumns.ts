import type { ValueColumn } from '../alerts/valueColumn';

/** Columns of one group, each in the order of time, as one; columns that do not overlap are only strung together. */
export function mergeColumns(columns: readonly ValueColumn[]): ValueColumn {
  let level = [...columns].sort((a, b) => (a.timeUs[0] ?? 0) - (b.timeUs[0] ?? 0));
  level = strung(level);
  while (level.length > 1) {
    const next: ValueColumn[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [one, other] = [level[i], level[i + 1]];
      if (one) next.push(other ? mergeTwo(one, other) : one);
    }
    level = next;
  }
  const [merged] = level;
  return merged ?? { labels: [], timeUs: new Float64Array(), value: new Float64Array(), weight: undefined };
}

/** Strings those together that follow on each other. */
function strung(columns: readonly ValueColumn[]): ValueColumn[] {
  const runs: ValueColumn[][] = [];
  for (const column of columns) {
    const last = runs.at(-1)?.at(-1);
    if (last && (last.timeUs.at(-1) ?? 0) <= (column.timeUs[0] ?? 0)) runs.at(-1)?.push(column);
    else runs.push([column]);
  }
  return runs.map(concat);
}

function concat(columns: readonly ValueColumn[]): ValueColumn {
  const [first] = columns;
  if (first && columns.length === 1) return first;
  const size = columns.reduce((sum, { timeUs }) => sum + timeUs.length, 0);
  const merged = emptyColumn(first?.labels ?? [], size, columns);
  let at = 0;
  for (const { timeUs, value, weight } of columns) {
    merged.timeUs.set(timeUs, at);
    merged.value.set(value, at);
    if (weight) merged.weight?.set(weight, at);
    else merged.weight?.fill(1, at, at + timeUs.length);
    at += timeUs.length;
  }
  return merged;
}

function mergeTwo(a: ValueColumn, b: ValueColumn): ValueColumn {
  const size = a.timeUs.length + b.timeUs.length;
  const merged = emptyColumn(a.labels, size, [a, b]);
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

function emptyColumn(labels: readonly string[], size: number, parts: readonly ValueColumn[]) {
  const isSample = parts.some(({ weight }) => weight !== undefined);
  return {
    labels,
    timeUs: new Float64Array(size),
    value: new Float64Array(size),
    weight: isSample ? new Float64Array(size) : undefined,
  };
}
