import { sharesOf } from '../statistics/mix';
import type { TraceStore } from '../store/traceStore';
import { attributeSignal, durationSignal, type MinuteSummary, minuteUs } from './minuteSummary';
import { ValueSummary } from './valueSummary';

/** What is to be kept of a minute. */
export interface SummaryWish {
  readonly source: string;
  /** Attributes of inferences. */
  readonly attributes: readonly string[];
  readonly hasPredictions: boolean;
}

/** Predictions of a minute that are counted one by one. */
const mostPredictions = 16;
/** Services of a minute that are kept: those with the most inferences. */
const mostServices = 32;

interface Gathering {
  inferences: number;
  errors: number;
  readonly predictions: Map<string, number>;
  readonly values: Map<string, ValueSummary>;
}

/** What a store has of a minute, service by service. */
export function summariseMinute(
  store: Pick<TraceStore, 'inferences' | 'signal'>,
  minute: number,
  wish: SummaryWish,
): readonly Omit<MinuteSummary, 'observer' | 'revision'>[] {
  const services = new Map<string, Gathering>();
  const query = { afterUs: minute * minuteUs, toUs: (minute + 1) * minuteUs };
  for (const { span, prediction } of store.inferences(query)) {
    const of = services.get(span.service) ?? nothing();
    services.set(span.service, of);
    of.inferences++;
    if (span.status === 'error') of.errors++;
    if (prediction !== undefined && wish.hasPredictions)
      of.predictions.set(prediction, (of.predictions.get(prediction) ?? 0) + 1);
    summaryOf(of, durationSignal).add(span.durationUs);
  }
  for (const attribute of wish.attributes)
    for (const { value, span } of store.signal(attribute, query)) {
      const of = services.get(span.service);
      if (of) summaryOf(of, attributeSignal(attribute)).add(value);
    }
  return [...services]
    .sort(([, a], [, b]) => b.inferences - a.inferences)
    .slice(0, mostServices)
    .map(([service, { predictions, ...counted }]) => {
      const shares = sharesOf(predictions);
      const others = shares.slice(mostPredictions);
      return {
        ...{ source: wish.source, service, minute, ...counted },
        predictions: new Map(shares.slice(0, mostPredictions).map(({ label, count }) => [label, count])),
        otherPredictions: others.reduce((sum, { count }) => sum + count, 0),
      };
    });
}

function nothing(): Gathering {
  return { inferences: 0, errors: 0, predictions: new Map(), values: new Map() };
}

function summaryOf({ values }: Gathering, signal: string): ValueSummary {
  const value = values.get(signal) ?? new ValueSummary();
  values.set(signal, value);
  return value;
}
