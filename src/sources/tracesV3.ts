import { blockOf } from '../core/columns/writeTrace';
import { isJaegerEnvelopeV3 } from '../core/jaeger/jaegerEnvelope';
import { decodeOtlpResourceSpans } from '../core/otlp/decodeOtlpJson';
import type { Trace } from '../core/trace/trace';
import { RefusalError } from './answerFailure';
import { AnswerReader } from './answerReader';
import type { ApiRequests } from './apiRequests';
import { traced } from './selfTracing';
import type { AnyAnswer, FetchOptions } from './traceAnswer';

/** Traces by a path of `/api/v3`; there 404 means that there are none. Decoded at the end, as spans of one trace may lie apart. `keep` chooses; all are counted. */
export async function getTracesV3(
  requests: ApiRequests,
  path: string,
  { signal, maxBytes, onProgress }: FetchOptions,
  keep: (trace: Trace) => boolean = () => true,
): Promise<AnyAnswer> {
  const elements: unknown[] = [];
  const onElement = (json: unknown) => elements.push(json);
  const shape = { arrayKey: 'resourceSpans', onElement, isEnvelope: isJaegerEnvelopeV3 };
  try {
    await requests.get({ path, reader: new AnswerReader(shape), signal, maxBytes, onProgress });
  } catch (error) {
    if (!(error instanceof RefusalError && error.kind === 'not-found')) throw error;
  }
  const { traces, problems } = traced('whyspan.decode', {}, () => decodeOtlpResourceSpans(elements));
  const blocks = [blockOf(traces.filter(keep))];
  return { blocks, problems, count: traces.length, isPartial: false, api: 'v3' };
}
