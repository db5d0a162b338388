import { isJaegerEnvelopeV3 } from '../core/jaeger/jaegerEnvelope';
import { decodeOtlpResourceSpans } from '../core/otlp/decodeOtlpJson';
import { RefusalError } from './answerFailure';
import type { JaegerRequests } from './jaegerRequests';
import { traced } from './selfTracing';
import type { FetchOptions, TraceAnswer } from './traceAnswer';

/** Traces by a path of `/api/v3`; there 404 means that there are none. Decoded at the end, as spans of one trace may lie apart. */
export async function getTracesV3(
  requests: JaegerRequests,
  path: string,
  options: FetchOptions,
): Promise<Omit<TraceAnswer, 'isSample'>> {
  const elements: unknown[] = [];
  const onElement = (json: unknown) => elements.push(json);
  const shape = { arrayKey: 'resourceSpans', onElement, isEnvelope: isJaegerEnvelopeV3, keepsPartial: false };
  try {
    await requests.get({ path, shape, ...options });
  } catch (error) {
    if (!(error instanceof RefusalError && error.kind === 'not-found')) throw error;
  }
  const { traces, problems } = traced('whyspan.decode', {}, () => decodeOtlpResourceSpans(elements));
  return { traces, problems, count: traces.length, isPartial: false, api: 'v3' };
}
