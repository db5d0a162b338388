import { joinSightings } from '../../../../src/core/summaries/joinSightings';
import { type MinuteSummary, minuteUs } from '../../../../src/core/summaries/minuteSummary';
import { SummaryTracker } from '../../../../src/core/summaries/summaryTracker';
import { inferenceTrace, storeOf } from '../store/storeOf';

/** Minutes of a test, as minutes since the epoch. */
export const firstMinute = 29_000_000;
/** The time in the middle of a minute of a test. */
export const inMinuteUs = (minute: number) => (firstMinute + minute) * minuteUs + minuteUs / 2;

/** An inference that ended in a minute of a test. */
export const inference = (id: number, minute: number, latencyMs = 10) =>
  inferenceTrace(id, inMinuteUs(minute), latencyMs, { attributes: { model_prediction: `p${id % 3}` } });

const wish = { source: 'test', attributes: ['storage_latency_ms'], hasPredictions: true };

/** A window with a store of its own that tells what it sees. */
export function observerOf(session: string, limits: { readonly maxBytes?: number } = {}) {
  const { store } = storeOf(limits);
  const tracker = new SummaryTracker(store, session);
  store.onDidClear(() => tracker.reset());
  store.onDidChange((change) => tracker.note(change));
  const told: MinuteSummary[] = [];
  const tell = () => {
    while (tracker.hasDue) told.push(...tracker.due(inMinuteUs(0), wish));
  };
  return { store, told, tell };
}

/** Inferences by minute of a test, of all that was told. */
export function countsOf(...told: readonly (readonly MinuteSummary[])[]): Readonly<Record<number, number>> {
  return Object.fromEntries(
    joinSightings(told.flat()).map(({ minute, inferences }) => [minute - firstMinute, inferences]),
  );
}
