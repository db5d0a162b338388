import { HumanError } from '../core/humanError';
import type { MetricAnswer } from '../core/metrics/metricSeries';
import type { ApiRequests } from './apiRequests';
import type { ServerName } from './connection';
import { JsonReader } from './jsonReader';

/** Largest answer that is read: hundreds of series over a day. Larger ones would hold the editor up. */
const longestAnswerBytes = 8 * 1024 ** 2;

/** An answer with series. */
export type SeriesAnswer = Extract<MetricAnswer, { kind: 'series' }>;

/** Asks one server for metrics, and reads its answer with `decode`. A refusal within an answer is a HumanError, too. */
export async function getMetrics(
  requests: ApiRequests,
  path: string,
  decode: (json: unknown) => MetricAnswer,
  { signal, server }: { readonly signal: AbortSignal; readonly server: ServerName },
): Promise<SeriesAnswer> {
  const reader = new JsonReader();
  const { envelope } = await requests.get({ path, reader, signal, maxBytes: longestAnswerBytes });
  const answer = decode(envelope);
  switch (answer.kind) {
    case 'series':
      return answer;
    case 'refused':
      throw new HumanError('server', `${server} refuses the query: ${answer.reason}`);
    case 'foreign':
      throw new HumanError(
        'not-jaeger',
        `What was asked for metrics answered with JSON that is not ${server}'s. Is it a ${server}?`,
      );
  }
}
