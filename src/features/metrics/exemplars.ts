import type { Point } from '../../core/statistics/movingSeries';
import type { InferenceQuery, TraceStore } from '../../core/store/traceStore';
import type { Span } from '../../core/trace/span';
import type { Settings } from '../../platform/settings';
import { measuresDuration } from './signalNames';

/** A single inference's value: what it has of what the rule watches. */
export type Exemplar = Point & { readonly span: Span };

/** The inferences that are held, oldest first, with the value that compares with the rule's signal: their duration, or the attribute. */
export function exemplars(
  store: Pick<TraceStore, 'signal' | 'inferences'>,
  { metrics, alert, inference }: Pick<Settings, 'metrics' | 'alert' | 'inference'>,
  query: InferenceQuery = {},
): readonly Exemplar[] {
  if (!measuresDuration(metrics)) return store.signal(alert.attribute, query);
  return store
    .inferences(query)
    .filter(({ span }) => span.name === inference.spanName)
    .map(({ span, endTimeUs }) => ({ timeUs: endTimeUs, value: span.durationUs / 1000, span }));
}
