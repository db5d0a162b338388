import { isLimitReason, isNotANumberReason } from '../core/jaeger/jaegerEnvelope';
import { clampLimit, searchPath, searchPathV3, type TraceSearch } from '../core/jaeger/jaegerQuery';
import { RefusalError } from './answerFailure';
import type { ApiRequests } from './apiRequests';
import type { ServerQuirks } from './serverQuirks';
import { type AnyAnswer, answerOf, type FetchOptions, type TraceAnswer } from './traceAnswer';
import { getTracesV1 } from './tracesV1';
import { getTracesV3 } from './tracesV3';

/**
 * Searches, and finds a way around what a server can't: a limit that it does not take is halved until it does, spans
 * that `/api` can't write are asked of `/api/v3`. Both are remembered in `quirks`.
 */
export async function searchTraces(
  requests: ApiRequests,
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
        : getTracesV1(requests, searchPath(limited), { ...options, limit }));
      if (isRefused) quirks.rememberLimit(limit);
      return answerOf(answer, answer.count >= limit);
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

/** `/api/v3` has no search for attributes, so what matches is picked here; the limit counts before that. */
function searchV3(requests: ApiRequests, search: TraceSearch, options: FetchOptions): Promise<AnyAnswer> {
  const { service, tags = {} } = search;
  return getTracesV3(requests, searchPathV3(search), options, { service, attributes: tags });
}
