import type { DecodeProblem } from '../core/decode/decodeProblem';
import { isJaegerEnvelope } from '../core/jaeger/jaegerEnvelope';
import type { ApiRequests } from './apiRequests';
import { traced } from './selfTracing';
import type { AnyAnswer, FetchOptions } from './traceAnswer';
import { TraceReader } from './traceReader';

/** Traces by a path of `/api`. A trace that the answer ends within is left out, and the answer is partial. */
export async function getTracesV1(
  requests: ApiRequests,
  path: string,
  { decoder, isOnlyChanged, limit, ...options }: FetchOptions,
): Promise<AnyAnswer> {
  const decoding = decoder.begin({ isOnlyChanged, limit });
  const reader = new TraceReader(decoding, isJaegerEnvelope);
  try {
    const { isPartial } = await traced('whyspan.decode', {}, () =>
      requests.get({ path, reader, ...options }),
    );
    const { blocks = [], problems = [], count = 0 } = reader.decoded ?? {};
    const cut: DecodeProblem[] = isPartial ? [{ what: 'the answer ended early', where: '' }] : [];
    return { blocks, problems: [...problems, ...cut], count, isPartial, api: 'api' };
  } catch (error) {
    decoding.abort();
    // What was decoded goes nowhere, so it must come again.
    if (isOnlyChanged) decoder.forget();
    throw error;
  }
}
