import { rfc3339 } from './rfc3339';

/** What to search for in a Jaeger. Durations match any span of a trace; attributes match exactly, all on one span. */
export interface TraceSearch {
  readonly service: string;
  /** A span name, matched literally. */
  readonly operation?: string | undefined;
  /** Microseconds since the Unix epoch. */
  readonly startUs: number;
  readonly endUs: number;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly minDurationUs?: number | undefined;
  readonly maxDurationUs?: number | undefined;
  /** Most traces that are wanted: 1 or more. */
  readonly limit: number;
}

const largestInt32 = 2 ** 31 - 1;

/** Path and query of Jaeger's `/api/traces`, without the base path. */
export function searchPath(search: TraceSearch): string {
  const tags = Object.keys(search.tags ?? {}).length > 0 ? JSON.stringify(search.tags) : undefined;
  return `/api/traces${query([
    ['service', search.service],
    ['operation', search.operation],
    ['start', wholeUs(search.startUs)],
    ['end', wholeUs(search.endUs)],
    ['tags', tags],
    ['minDuration', goDuration(search.minDurationUs)],
    ['maxDuration', goDuration(search.maxDurationUs)],
    ['limit', String(clampLimit(search.limit))],
  ])}`;
}

/** Path and query of the same search by `/api/v3/traces`, which has no attributes to search for. */
export function searchPathV3(search: TraceSearch): string {
  return `/api/v3/traces${query([
    ['query.service_name', search.service],
    ['query.operation_name', search.operation],
    ['query.start_time_min', rfc3339(search.startUs)],
    ['query.start_time_max', rfc3339(search.endUs)],
    ['query.duration_min', goDuration(search.minDurationUs)],
    ['query.duration_max', goDuration(search.maxDurationUs)],
    ['query.num_traces', String(clampLimit(search.limit))],
  ])}`;
}

/** Path and query for the operations of a service. */
export function operationsPath(service: string): string {
  return `/api/operations${query([['service', service]])}`;
}

/** The limit as Jaeger takes it: a whole number from 1 to 2³¹−1. */
export function clampLimit(limit: number): number {
  return Math.max(1, Math.min(largestInt32, Math.trunc(limit) || 1));
}

function query(pairs: readonly (readonly [string, string | undefined])[]): string {
  const parts = pairs.flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${encodeURIComponent(wellFormed(value))}`],
  );
  return `?${parts.join('&')}`;
}

function wholeUs(us: number): string {
  return String(Math.max(0, Math.round(us)));
}

function goDuration(us: number | undefined): string | undefined {
  return us === undefined || us <= 0 ? undefined : `${Math.round(us)}us`;
}

/** Half surrogate pairs, which `encodeURIComponent` refuses, become U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
