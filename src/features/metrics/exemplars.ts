import type { InferenceQuery } from '../../core/store/inferenceQuery';
import type { SignalPoint } from '../../core/store/signalPoint';
import type { TraceStore } from '../../core/store/traceStore';
import type { Settings } from '../../platform/settings';
import { measuresDuration } from './signalNames';

/** The inferences that are held, oldest first, with the value that compares with the rule's signal: their duration, or the attribute. */
export function exemplars(
  store: Pick<TraceStore, 'signal' | 'durations'>,
  { metrics, alert }: Pick<Settings, 'metrics' | 'alert'>,
  query: InferenceQuery = {},
): readonly SignalPoint[] {
  return measuresDuration(metrics) ? store.durations(query) : store.signal(alert.attribute, query);
}
