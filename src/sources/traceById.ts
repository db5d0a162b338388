import { asArray, asObject, own } from '../core/decode/jsonValue';
import { HumanError } from '../core/humanError';
import { decodeJaegerTrace } from '../core/jaeger/decodeJaegerTrace';
import { isJaegerEnvelope, isNotANumberReason } from '../core/jaeger/jaegerEnvelope';
import { RefusalError } from './answerFailure';
import type { JaegerRequests } from './jaegerRequests';
import { traced } from './selfTracing';
import type { FetchOptions, TraceAnswer } from './traceAnswer';
import { getTracesV3 } from './tracesV3';

/** Gets one trace, by `/api/v3` when it holds numbers that `/api` can't write. */
export async function getTrace(
  requests: JaegerRequests,
  traceId: string,
  options: FetchOptions,
): Promise<TraceAnswer> {
  try {
    return check(await getV1(requests, traceId, options), traceId);
  } catch (error) {
    if (!(error instanceof RefusalError && isNotANumberReason(error.reason))) throw error;
    return check(await getTracesV3(requests, `/api/v3/traces/${traceId}`, options), traceId);
  }
}

/** A trace may be larger than any answer to a search: it is parsed span by span, and put together at the end. */
async function getV1(
  requests: JaegerRequests,
  traceId: string,
  options: FetchOptions,
): Promise<Omit<TraceAnswer, 'isSample'>> {
  const spans: unknown[] = [];
  const onElement = (json: unknown) => spans.push(json);
  const shape = { arrayKey: 'spans', onElement, isEnvelope: isJaegerEnvelope, keepsPartial: false };
  const { envelope } = await requests.get({ path: `/api/traces/${traceId}`, shape, ...options });
  const first = asObject(asArray(own(asObject(envelope) ?? {}, 'data'))[0]);
  const decoded = first
    ? traced('whyspan.decode', {}, () => decodeJaegerTrace({ ...first, spans }))
    : { traces: [], problems: [] };
  return { ...decoded, count: first ? 1 : 0, isPartial: false, api: 'api' };
}

function check(answer: Omit<TraceAnswer, 'isSample'>, traceId: string): TraceAnswer {
  if (answer.traces.length > 0) return { ...answer, isSample: false };
  throw new HumanError(
    'not-found',
    answer.count > 0 ? `The trace ${traceId} has no span that can be read.` : `There is no trace ${traceId}.`,
  );
}
