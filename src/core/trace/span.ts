/** A value of an attribute. Arrays and maps arrive as JSON text, as Jaeger gives them; an int64 that a double cannot hold stays text. */
export type AttributeValue = string | number | boolean;

/** Attributes by key: a Map, because keys come from outside and may be `__proto__`. */
export type Attributes = ReadonlyMap<string, AttributeValue>;

/** OpenTelemetry's span kinds, in the order of OTLP's numbers. */
export const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

/** One of OpenTelemetry's span kinds. */
export type SpanKind = (typeof spanKinds)[number];

/** OpenTelemetry's span status codes, in the order of OTLP's numbers. */
export const spanStatuses = ['unset', 'ok', 'error'] as const;

/** One of OpenTelemetry's span status codes. */
export type SpanStatus = (typeof spanStatuses)[number];

/** Something that happened at one moment within a span. */
export interface SpanEvent {
  readonly name: string;
  /** Microseconds since the Unix epoch. */
  readonly timeUs: number;
  readonly attributes: Attributes;
}

/** A reference from a span to a span that is not its parent. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** One operation, in OpenTelemetry's words. */
export interface Span {
  /** 32 (or, from old tracers, 16) lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: SpanKind;
  readonly service: string;
  readonly resource: Attributes;
  /** Microseconds since the Unix epoch. */
  readonly startTimeUs: number;
  /** Microseconds, never negative. */
  readonly durationUs: number;
  readonly status: SpanStatus;
  readonly statusMessage: string | undefined;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** What the backend found odd about this span, in its own words. */
  readonly warnings: readonly string[];
}

/** When a span ended, in microseconds since the Unix epoch. */
export function endTimeUs(span: Pick<Span, 'startTimeUs' | 'durationUs'>): number {
  return span.startTimeUs + span.durationUs;
}
