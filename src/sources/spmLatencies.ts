import { HumanError } from '../core/humanError';
import { decodeSpm } from '../core/metrics/decodeSpm';
import { RefusalError } from './answerFailure';
import type { ApiRequests } from './apiRequests';
import { getMetrics, type SeriesAnswer } from './metricRequest';

/** Which latencies are asked of Jaeger's span metrics. Times in microseconds since the Unix epoch. */
export interface SpmQuestion {
  /** At least one. */
  readonly services: readonly string[];
  readonly operation: string;
  /** Between 0 and 1. */
  readonly quantile: number;
  readonly fromUs: number;
  readonly toUs: number;
  readonly stepUs: number;
  /** What each point looks back over. */
  readonly windowUs: number;
}

/** All of them: Jaeger's own default is `server` alone, and then an inference inside of a program is none. */
const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** The latencies of one operation by service, in milliseconds, of Jaeger's `/api/metrics/latencies`. */
export async function getSpmLatencies(
  requests: ApiRequests,
  question: SpmQuestion,
  signal: AbortSignal,
): Promise<SeriesAnswer> {
  try {
    const answer = await getMetrics(requests, pathOf(question), decodeSpm, { signal, server: 'Jaeger' });
    const series = answer.series.filter(({ labels }) => labels.get('operation') === question.operation);
    return { ...answer, series };
  } catch (error) {
    if (error instanceof RefusalError && error.status === 501) throw withoutMetrics(error);
    throw error;
  }
}

function withoutMetrics(cause: RefusalError): HumanError {
  return new HumanError(
    'configuration',
    'This Jaeger has no span metrics: it was started without a metrics backend (HTTP 501). Give it one, or ask Prometheus itself, or set whyspan.metrics.source to traces.',
    { cause },
  );
}

function pathOf({ services, operation: _, ...question }: SpmQuestion): string {
  const query = new URLSearchParams({
    quantile: String(question.quantile),
    groupByOperation: 'true',
    endTs: ms(question.toUs),
    // Jaeger counts no less than a millisecond.
    lookback: String(Math.max(1, Math.round((question.toUs - question.fromUs) / 1000))),
    step: ms(question.stepUs),
    ratePer: ms(question.windowUs),
  });
  for (const service of services) query.append('service', service);
  for (const kind of spanKinds) query.append('spanKind', kind);
  return `/api/metrics/latencies?${query}`;
}

function ms(us: number): string {
  return String(Math.round(us / 1000));
}
