import type { DecodeProblem, DecodeResult } from '../decode/decodeProblem';
import type { Span } from '../trace/span';
import { makeTrace } from '../trace/trace';

/** What can be wrong with OTLP; of the same words in JSON and protobuf where both can have it. */
export const otlpProblem = {
  broken: 'the message is cut or broken',
  tooLarge: 'the message has too many parts',
  brokenSpan: 'a span is cut or broken',
  noIds: 'a span has no trace id or span id',
  noStart: 'a span has no start time',
  noDuration: 'a duration is negative or missing',
  noEvent: 'an event cannot be read',
  repeated: 'a span id is repeated',
  cutText: 'a text was cut',
} as const;

const rejections: ReadonlySet<string> = new Set([
  otlpProblem.brokenSpan,
  otlpProblem.noIds,
  otlpProblem.noStart,
]);

/** Whether a problem cost a span; the others were mended. */
export function isRejection(what: string): boolean {
  return rejections.has(what);
}

/** Collects spans into traces, however they are spread over a message. */
export class SpanGathering {
  readonly #byTrace = new Map<string, Span[]>();
  readonly #problems: DecodeProblem[] = [];

  add(span: Span): void {
    const spans = this.#byTrace.get(span.traceId);
    if (spans) spans.push(span);
    else this.#byTrace.set(span.traceId, [span]);
  }

  note(what: string, where: string): void {
    this.#problems.push({ what, where });
  }

  finish(): DecodeResult {
    const traces = [...this.#byTrace].flatMap(([traceId, spans]) => {
      const made = makeTrace(traceId, spans);
      for (let i = 0; i < (made?.duplicates ?? 0); i++) this.note(otlpProblem.repeated, traceId);
      return made ? [made.trace] : [];
    });
    return { traces, problems: this.#problems };
  }
}
