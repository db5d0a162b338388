import type { ThriftBatch, ThriftLog, ThriftReference, ThriftSpan, ThriftTag } from './jaegerBatch';
import { readTag } from './readTag';
import { ThriftReader } from './thriftReader';

/** Bytes of the required fields of each struct, at two a field, and the end of the struct. */
const leastBytes = { span: 17, tag: 5, log: 5, reference: 9 } as const;

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/**
 * The batch in a datagram of Jaeger's agent protocol: a call of `emitBatch` in Thrift's compact form (agent.thrift and
 * jaeger.thrift of jaeger-idl). `undefined` when another procedure is called. Throws on broken bytes.
 */
export function readBatch(datagram: Uint8Array): ThriftBatch | undefined {
  const reader = new ThriftReader(datagram);
  if (reader.procedure() !== 'emitBatch') return undefined;
  const batch: Mutable<ThriftBatch> = { service: '', tags: [], spans: [] };
  const readProcess = () =>
    reader.struct({
      1: { type: 'text', read: () => (batch.service = reader.text()) },
      2: { type: 'list', read: () => (batch.tags = readTags(reader)) },
    });
  const readBatchStruct = () =>
    reader.struct({
      1: { type: 'struct', read: readProcess },
      2: { type: 'list', read: () => (batch.spans = reader.list(leastBytes.span, () => readSpan(reader))) },
    });
  reader.struct({ 1: { type: 'struct', read: readBatchStruct } });
  return batch;
}

function readSpan(reader: ThriftReader): ThriftSpan {
  const span: Mutable<ThriftSpan> = {
    traceIdLow: 0n,
    traceIdHigh: 0n,
    spanId: 0n,
    parentSpanId: 0n,
    operationName: '',
    references: [],
    startTime: 0n,
    duration: 0n,
    tags: [],
    logs: [],
  };
  reader.struct({
    1: { type: 'int64', read: () => (span.traceIdLow = reader.int64()) },
    2: { type: 'int64', read: () => (span.traceIdHigh = reader.int64()) },
    3: { type: 'int64', read: () => (span.spanId = reader.int64()) },
    4: { type: 'int64', read: () => (span.parentSpanId = reader.int64()) },
    5: { type: 'text', read: () => (span.operationName = reader.text()) },
    6: {
      type: 'list',
      read: () => (span.references = reader.list(leastBytes.reference, () => readReference(reader))),
    },
    8: { type: 'int64', read: () => (span.startTime = reader.int64()) },
    9: { type: 'int64', read: () => (span.duration = reader.int64()) },
    10: { type: 'list', read: () => (span.tags = readTags(reader)) },
    11: { type: 'list', read: () => (span.logs = reader.list(leastBytes.log, () => readLog(reader))) },
  });
  return span;
}

function readTags(reader: ThriftReader): readonly ThriftTag[] {
  return reader.list(leastBytes.tag, () => readTag(reader));
}

function readReference(reader: ThriftReader): ThriftReference {
  const reference: Mutable<ThriftReference> = { refType: 0, traceIdLow: 0n, traceIdHigh: 0n, spanId: 0n };
  reader.struct({
    1: { type: 'int32', read: () => (reference.refType = reader.int32()) },
    2: { type: 'int64', read: () => (reference.traceIdLow = reader.int64()) },
    3: { type: 'int64', read: () => (reference.traceIdHigh = reader.int64()) },
    4: { type: 'int64', read: () => (reference.spanId = reader.int64()) },
  });
  return reference;
}

function readLog(reader: ThriftReader): ThriftLog {
  const log: Mutable<ThriftLog> = { timestamp: 0n, fields: [] };
  reader.struct({
    1: { type: 'int64', read: () => (log.timestamp = reader.int64()) },
    2: { type: 'list', read: () => (log.fields = readTags(reader)) },
  });
  return log;
}
