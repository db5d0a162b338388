import type { AttributeValue } from '../../core/trace/span';

/** A tag, its value as Jaeger's `/api` writes it. */
export interface ThriftTag {
  readonly key: string;
  readonly value: AttributeValue;
}

/** A log of a span. */
export interface ThriftLog {
  /** Microseconds since the Unix epoch. */
  readonly timestamp: bigint;
  readonly fields: readonly ThriftTag[];
}

/** A reference to a span: 0 is CHILD_OF, 1 FOLLOWS_FROM. */
export interface ThriftReference {
  readonly refType: number;
  readonly traceIdLow: bigint;
  readonly traceIdHigh: bigint;
  readonly spanId: bigint;
}

/** A span as Jaeger's clients send it, in the words of jaeger.thrift (jaeger-idl); what is missing is 0 or empty. */
export interface ThriftSpan {
  readonly traceIdLow: bigint;
  readonly traceIdHigh: bigint;
  readonly spanId: bigint;
  readonly parentSpanId: bigint;
  readonly operationName: string;
  readonly references: readonly ThriftReference[];
  /** Microseconds since the Unix epoch. */
  readonly startTime: bigint;
  /** Microseconds. */
  readonly duration: bigint;
  readonly tags: readonly ThriftTag[];
  readonly logs: readonly ThriftLog[];
}

/** Spans of one process. */
export interface ThriftBatch {
  readonly service: string;
  readonly tags: readonly ThriftTag[];
  readonly spans: readonly ThriftSpan[];
}
