/**
 * What a lens can say. Those of the first line are phrases in the user's language, the others bare values: of the latency attribute of
 * inferences, and of the durations of all spans.
 */
export const lensFields = [
  ...['runs', 'avg', 'p95', 'threshold', 'last', 'predictions', 'errors', 'trend', 'share', 'split'],
  ...['latency.avg', 'latency.p50', 'latency.p95', 'latency.p99', 'latency.max', 'threshold.share'],
  ...['duration.avg', 'duration.p50', 'duration.p95', 'duration.p99', 'duration.max', 'errors.share'],
] as const;

/** The lens of a function as it is when nobody chose another. */
export const defaultLensFormat =
  '{runs} · {avg} · {p95} · {threshold} · {predictions} · {split} · {errors} · {trend}';
