import { isJaegerEnvelopeV3 } from '../core/jaeger/jaegerEnvelope';
import type { KeptAttributes } from '../core/otlp/otlpAnswerDecoder';
import { RefusalError } from './answerFailure';
import type { ApiRequests } from './apiRequests';
import { traced } from './selfTracing';
import type { AnyAnswer, FetchOptions } from './traceAnswer';
import { TraceReader } from './traceReader';

/** Traces by a path of `/api/v3`; there 404 means that there are none. `kept` chooses; all are counted. */
export async function getTracesV3(
  requests: ApiRequests,
  path: string,
  { decoder, signal, maxBytes, onProgress }: FetchOptions,
  kept: KeptAttributes = { service: '', attributes: {} },
): Promise<AnyAnswer> {
  const decoding = decoder.begin({ isOnlyChanged: false, v3: kept });
  const reader = new TraceReader(decoding, isJaegerEnvelopeV3);
  let isPartial = false;
  try {
    const request = { path, reader, signal, maxBytes, onProgress };
    ({ isPartial } = await traced('whyspan.decode', {}, () => requests.get(request)));
  } catch (error) {
    decoding.abort();
    if (!(error instanceof RefusalError && error.kind === 'not-found')) throw error;
  }
  const { blocks = [], problems = [], count = 0 } = reader.decoded ?? {};
  return { blocks, problems, count, isPartial, api: 'v3' };
}
