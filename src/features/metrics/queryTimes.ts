import type { SignalTimes } from '../../core/alerts/signalSource';

/** Prometheus gives no more than 11,000 points a series. */
const mostPoints = 5000;
const secondUs = 1_000_000;

/**
 * The times at which a query is asked that looks back over the window itself: the same, on whole steps, so that caches in front of a
 * Prometheus can help; one moment stays as it is.
 */
export function timesOfReduced({ fromUs, toUs, stepUs }: SignalTimes): SignalTimes {
  if (fromUs === toUs) return { fromUs, toUs, stepUs };
  const end = Math.floor(toUs / stepUs) * stepUs;
  return { fromUs: Math.min(end, Math.ceil(fromUs / stepUs) * stepUs), toUs: end, stepUs };
}

/** The times at which a query is asked whose values are reduced here: all of the window before, in twenty steps a window. */
export function timesOfRaw({ fromUs, toUs }: SignalTimes, windowUs: number): SignalTimes {
  const after = fromUs - windowUs;
  const wishUs = Math.max(windowUs / 20, (toUs - after) / mostPoints);
  const stepUs = Math.max(1, Math.ceil(wishUs / secondUs)) * secondUs;
  const first = (Math.floor(after / stepUs) + 1) * stepUs;
  return { fromUs: first, toUs: Math.max(first, Math.floor(toUs / stepUs) * stepUs), stepUs };
}
