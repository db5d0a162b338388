import type { AnomalyEvaluator, RuleReducer } from './rule';
import { ValueWindow } from './valueWindow';

/** Fewest values of a window that say anything, and how many times as many there must have been before it. */
const fewestValues = 8;
const leastBefore = 2;
/** Most values of the window that are rearranged, the newest: more would tell little more, and take long. */
const mostRearranged = 1000;

/** The value of a window and what it was before, when there is enough to compare. */
export interface Comparison {
  readonly isAnomalous: boolean;
  /** Of all values before the window. */
  readonly before: number | undefined;
}

/**
 * Whether values changed, by a permutation test with the rule's own reducer: when nothing has changed, the newest stretch of values is one
 * among all rearrangements of the whole, however heavy its tails are, and fires when it is beyond so many of them that only the stated
 * share of evaluations would. Values are rearranged in short blocks, so that neighbours which are alike do not pass for many. Both
 * windows are ordered by time, the one before first. Draws by lot from a seed: the same question has the same answer.
 */
export function isAnomalous(
  { before, now }: { readonly before: ValueWindow; readonly now: ValueWindow },
  reducer: RuleReducer,
  evaluator: AnomalyEvaluator,
  seed: number,
): Comparison {
  const was = before.reduce(reducer, 'unified');
  const is = now.reduce(reducer, 'unified');
  if (was === undefined || is === undefined) return { isAnomalous: false, before: was };
  const isEnough = now.size >= fewestValues && before.size >= leastBefore * now.size;
  const change = is - was;
  const isWanted = evaluator.direction === 'both' || change > 0 === (evaluator.direction === 'up');
  if (!isEnough || !isWanted || Math.abs(change) <= evaluator.leastChange * Math.abs(was))
    return { isAnomalous: false, before: was };
  // Both directions share what may go wrong.
  const rate = evaluator.direction === 'both' ? evaluator.falseAlarmRate / 2 : evaluator.falseAlarmRate;
  return {
    isAnomalous: isBeyond(blocksOf(before, now), { reducer, isUp: change > 0, rate }, seed),
    before: was,
  };
}

interface Question {
  readonly reducer: RuleReducer;
  readonly isUp: boolean;
  readonly rate: number;
}

/** Values in the order of time as blocks; those of the window are the last ones. */
interface Blocks {
  readonly values: Float64Array;
  readonly length: number;
  readonly inWindow: number;
}

function blocksOf(before: ValueWindow, now: ValueWindow): Blocks {
  const size = Math.min(now.size, mostRearranged);
  const length = Math.max(1, Math.floor(Math.cbrt(size)));
  const inWindow = Math.floor(size / length);
  const inAll = inWindow + Math.floor(Math.min(before.size, 12 * size) / length);
  // What does not fill a block is left out where it is oldest.
  const values = new Float64Array(inAll * length);
  const fromNow = now.copy().subarray(now.size - inWindow * length);
  values.set(before.copy().subarray(before.size - (values.length - fromNow.length)));
  values.set(fromNow, values.length - fromNow.length);
  return { values, length, inWindow };
}

/** No rearrangement of so many may be as far: (1 + 0) / (1 + count) is at most the rate. Mostly, one of the first few is. */
function isBeyond(
  { values, length, inWindow }: Blocks,
  { reducer, isUp, rate }: Question,
  seed: number,
): boolean {
  const inAll = values.length / length;
  const drawn = new Float64Array(inWindow * length);
  const reduce = () => reduceAll(drawn, reducer);
  drawn.set(values.subarray(values.length - drawn.length));
  const observed = reduce();
  const order = Uint32Array.from({ length: inAll }, (_, i) => i);
  const random = lots(seed);
  const count = Math.ceil(1 / rate) - 1;
  for (let round = 0; round < count; round++) {
    for (let i = 0; i < inWindow; i++) {
      const other = i + Math.floor(random() * (inAll - i));
      const block = order[other] ?? 0;
      order[other] = order[i] ?? 0;
      order[i] = block;
      drawn.set(values.subarray(block * length, (block + 1) * length), i * length);
    }
    const value = reduce();
    if (isUp ? value >= observed : value <= observed) return false;
  }
  return true;
}

function reduceAll(values: Float64Array, reducer: RuleReducer): number {
  const column = { timeUs: new Float64Array(values.length), value: values, weight: undefined };
  return new ValueWindow({ columns: [column] }, -1, 0).reduce(reducer, 'unified') ?? Number.NaN;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
