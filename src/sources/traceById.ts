import { HumanError } from '../core/humanError';
import { isNotANumberReason } from '../core/jaeger/jaegerEnvelope';
import { RefusalError } from './answerFailure';
import type { ApiRequests } from './apiRequests';
import { type AnyAnswer, answerOf, type FetchOptions, type TraceAnswer } from './traceAnswer';
import { getTracesV1 } from './tracesV1';
import { getTracesV3 } from './tracesV3';

/** Gets one trace, by `/api/v3` when it holds numbers that `/api` can't write. */
export async function getTrace(
  requests: ApiRequests,
  traceId: string,
  options: FetchOptions,
): Promise<TraceAnswer> {
  try {
    return check(await getTracesV1(requests, `/api/traces/${traceId}`, options), traceId);
  } catch (error) {
    if (!(error instanceof RefusalError && isNotANumberReason(error.reason))) throw error;
    return check(await getTracesV3(requests, `/api/v3/traces/${traceId}`, options), traceId);
  }
}

function check(answer: AnyAnswer, traceId: string): TraceAnswer {
  if (answer.blocks.some(({ traces }) => traces.id.length > 0)) return answerOf(answer, false);
  throw new HumanError(
    'not-found',
    answer.count > 0 ? `The trace ${traceId} has no span that can be read.` : `There is no trace ${traceId}.`,
  );
}
