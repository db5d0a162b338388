import { HumanError } from '../core/humanError';
import { decodePrometheus } from '../core/metrics/decodePrometheus';
import { RefusalError } from './answerFailure';
import { ApiRequests } from './apiRequests';
import type { Connection } from './connection';
import type { Credentials } from './credentials';
import type { Timeouts } from './deadline';
import { getMetrics, type SeriesAnswer } from './metricRequest';

/** A query over a range; times in microseconds since the Unix epoch, both ends included. */
export interface RangeQuery {
  readonly promql: string;
  readonly fromUs: number;
  readonly toUs: number;
  readonly stepUs: number;
}

/** Asks one Prometheus, or what speaks its API (Thanos, Mimir, VictoriaMetrics). Failures are HumanErrors. */
export class PrometheusClient {
  readonly #requests: ApiRequests;

  constructor(connection: Connection, credentials: Credentials, timeouts: Timeouts) {
    this.#requests = new ApiRequests(connection, credentials, { timeouts, server: 'Prometheus' });
  }

  /** The series of a query, each with a point a step. */
  async queryRange({ promql, fromUs, toUs, stepUs }: RangeQuery, signal: AbortSignal): Promise<SeriesAnswer> {
    const query = new URLSearchParams({
      query: promql,
      start: seconds(fromUs),
      end: seconds(toUs),
      step: seconds(stepUs),
    });
    const path = `/api/v1/query_range?${query}`;
    try {
      return await getMetrics(this.#requests, path, decodePrometheus, { signal, server: 'Prometheus' });
    } catch (error) {
      // 400 and 422 are about the query, and in the server's words.
      if (!(error instanceof RefusalError && [400, 422].includes(error.status))) throw error;
      const why = error.reason === '' ? `HTTP ${error.status}` : error.reason;
      throw new HumanError('configuration', `Prometheus cannot answer the query: ${why}`);
    }
  }
}

function seconds(us: number): string {
  return (Math.round(us / 1000) / 1000).toFixed(3);
}
