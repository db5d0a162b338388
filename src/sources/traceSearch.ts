import type { DecodeProblem } from '../core/decode/decodeProblem';
import { decodeJaegerTrace } from '../core/jaeger/decodeJaegerTrace';
import { isJaegerEnvelope, isLimitReason, isNotANumberReason } from '../core/jaeger/jaegerEnvelope';
import { clampLimit, searchPath, searchPathV3, type TraceSearch } from '../core/jaeger/jaegerQuery';
import { hasAttributes } from '../core/jaeger/matchAttributes';
import type { Trace } from '../core/trace/trace';
import { RefusalError } from './answerFailure';
import type { JaegerRequests } from './jaegerRequests';
import { traced } from './selfTracing';
import type { ServerQuirks } from './serverQuirks';
import type { FetchOptions, TraceAnswer } from './traceAnswer';
import { getTracesV3 } from './tracesV3';

/**
 * Searches, and finds a way around what a server can't: a limit that it does not take is halved until it does, spans
 * that `/api` can't write are asked of `/api/v3`. Both are remembered in `quirks`.
 */
export async function searchTraces(
  requests: JaegerRequests,
  quirks: ServerQuirks,
  search: TraceSearch,
  options: FetchOptions,
): Promise<TraceAnswer> {
  let limit = Math.min(clampLimit(search.limit), quirks.largestLimit);
  let isRefused = false;
  for (;;) {
    const limited = { ...search, limit };
    const usesV3 = quirks.needsV3(search.service);
    try {
      const answer = await (usesV3
        ? searchV3(requests, limited, options)
        : searchV1(requests, limited, options));
      if (isRefused) quirks.rememberLimit(limit);
      return { ...answer, isSample: answer.count >= limit };
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      if (isLimitReason(error.reason) && limit > 1) {
        isRefused = true;
        limit = Math.floor(limit / 2);
      } else if (isNotANumberReason(error.reason) && !usesV3) {
        quirks.rememberV3(search.service);
      } else {
        throw error;
      }
    }
  }
}

type Answer = Omit<TraceAnswer, 'isSample'>;

async function searchV1(
  requests: JaegerRequests,
  search: TraceSearch,
  options: FetchOptions,
): Promise<Answer> {
  const traces: Trace[] = [];
  const problems: DecodeProblem[] = [];
  let count = 0;
  const onElement = (json: unknown) => {
    const decoded = traced('whyspan.decode', {}, () => decodeJaegerTrace(json));
    traces.push(...decoded.traces);
    for (const problem of decoded.problems) problems.push(problem);
    count++;
  };
  const shape = { arrayKey: 'data', onElement, isEnvelope: isJaegerEnvelope, keepsPartial: true };
  const { isPartial } = await requests.get({ path: searchPath(search), shape, ...options });
  if (isPartial) problems.push({ what: 'the answer ended early', where: '' });
  return { traces, problems, count, isPartial, api: 'api' };
}

/** `/api/v3` has no search for attributes, so what matches is picked here; the limit counts before that. */
async function searchV3(
  requests: JaegerRequests,
  search: TraceSearch,
  options: FetchOptions,
): Promise<Answer> {
  const all = await getTracesV3(requests, searchPathV3(search), options);
  const traces = all.traces.filter((trace) => hasAttributes(trace, search.service, search.tags ?? {}));
  return { ...all, traces };
}
