import { type Ended, firstAfter } from './firstAfter';

/**
 * Puts runs, each in the order in which its items ended, into one. Of two with the same end, that of the earlier run comes first. Runs that
 * do not overlap, as most of neighbouring blocks, are only strung together: then each level is a copy of memory.
 */
export function mergeRuns<T extends Ended>(runs: readonly (readonly T[])[]): readonly T[] {
  let level = runs;
  while (level.length > 1) {
    const next: (readonly T[])[] = [];
    for (let i = 0; i < level.length; i += 2) next.push(mergeTwo(level[i] ?? [], level[i + 1] ?? []));
    level = next;
  }
  return level[0] ?? [];
}

function mergeTwo<T extends Ended>(a: readonly T[], b: readonly T[]): readonly T[] {
  const [last, first] = [a.at(-1), b[0]];
  if (!first) return a;
  if (!last || last.endTimeUs <= first.endTimeUs) return a.concat(b);
  // What is before all of the other is no business of the merging.
  let i = firstAfter(a, first.endTimeUs);
  const merged = a.slice(0, i);
  let j = 0;
  for (let [left, right] = [a[i], b[j]]; left && right; ) {
    if (right.endTimeUs < left.endTimeUs) {
      merged.push(right);
      right = b[++j];
    } else {
      merged.push(left);
      left = a[++i];
    }
  }
  return merged.concat(a.slice(i), b.slice(j));
}
