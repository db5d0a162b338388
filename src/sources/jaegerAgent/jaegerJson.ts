import type { ThriftBatch, ThriftLog, ThriftReference, ThriftSpan } from './jaegerBatch';
import { processTags, spanTags, type Tags, tagsByKey } from './spanTags';

/** A trace as an element of `data` of Jaeger's `/api/traces`. */
export interface JaegerJsonTrace {
  readonly traceID: string;
  readonly spans: unknown[];
  readonly processes: Record<string, unknown>;
}

/**
 * A batch in the form in which a Jaeger would answer it, by trace: then there is one reading of Jaeger's words, that of
 * `core/jaeger`. Spans of a batch are often of many traces. Spans that are empty are left out, as Jaeger does.
 */
export function batchToJaegerJson(batch: ThriftBatch): readonly JaegerJsonTrace[] {
  const byTrace = new Map<string, JaegerJsonTrace>();
  const processes = new ProcessTable(batch);
  for (const span of batch.spans) {
    if (isBlank(span)) continue;
    const traceID = traceIdText(span);
    const trace = byTrace.get(traceID) ?? { traceID, spans: [], processes: processes.byId };
    byTrace.set(traceID, trace);
    trace.spans.push(spanJson(span, processes));
  }
  return [...byTrace.values()];
}

/** The processes of a batch: one, unless its spans say different things about the library that sent them. */
class ProcessTable {
  readonly byId: Record<string, unknown> = {};
  readonly #ids = new Map<string, string>();
  readonly #service: string;
  readonly #tags: Tags;

  constructor({ service, tags }: ThriftBatch) {
    this.#service = service;
    this.#tags = processTags(tags);
  }

  idOf(moved: Tags): string {
    const key = moved.size === 0 ? '' : JSON.stringify([...moved]);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `p${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    const tags = tagsJson(new Map([...this.#tags, ...moved]));
    this.byId[id] = { serviceName: this.#service, tags };
    return id;
  }
}

function spanJson(span: ThriftSpan, processes: ProcessTable): unknown {
  const { own, ofProcess } = spanTags(span.tags);
  return {
    spanID: hex(span.spanId),
    operationName: span.operationName,
    references: referencesJson(span),
    startTime: Number(span.startTime),
    duration: Number(span.duration),
    tags: tagsJson(own),
    logs: span.logs.map(logJson),
    processID: processes.idOf(ofProcess),
  };
}

function logJson({ timestamp, fields }: ThriftLog): unknown {
  const tags = tagsByKey(fields);
  // Jaeger takes the event's name out of this field, and puts it back when it is text.
  const name = tags.get('event');
  if (name === '' || (name !== undefined && typeof name !== 'string')) tags.delete('event');
  return { timestamp: Number(timestamp), fields: tagsJson(tags) };
}

/** The parent first; a span without one takes its first reference to its own trace, as Jaeger does. */
function referencesJson(span: ThriftSpan): readonly unknown[] {
  const inTrace = span.references.filter((reference) => isSameTrace(reference, span));
  const first = inTrace.find(({ refType }) => refType === 0) ?? inTrace[0];
  const parentId = span.parentSpanId === 0n ? (first?.spanId ?? 0n) : span.parentSpanId;
  const others = span.references.filter(
    (reference) => !(reference.spanId === parentId && isSameTrace(reference, span)) && !hasNoTrace(reference),
  );
  const parent = { refType: 'CHILD_OF', traceID: traceIdText(span), spanID: hex(parentId) };
  const rest = others.map((reference) => ({
    refType: reference.refType === 0 ? 'CHILD_OF' : 'FOLLOWS_FROM',
    traceID: traceIdText(reference),
    spanID: hex(reference.spanId),
  }));
  return parentId === 0n ? rest : [parent, ...rest];
}

function tagsJson(tags: Tags): readonly unknown[] {
  return [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
}

type WithTraceId = Pick<ThriftReference, 'traceIdLow' | 'traceIdHigh'>;

function isSameTrace(a: WithTraceId, b: WithTraceId): boolean {
  return a.traceIdLow === b.traceIdLow && a.traceIdHigh === b.traceIdHigh;
}

function hasNoTrace({ traceIdLow, traceIdHigh }: WithTraceId): boolean {
  return traceIdLow === 0n && traceIdHigh === 0n;
}

function isBlank(span: ThriftSpan): boolean {
  return hasNoTrace(span) && span.spanId === 0n && span.startTime === 0n && span.operationName === '';
}

function traceIdText({ traceIdHigh, traceIdLow }: WithTraceId): string {
  return traceIdHigh === 0n ? hex(traceIdLow) : hex(traceIdHigh) + hex(traceIdLow);
}

function hex(id: bigint): string {
  return BigInt.asUintN(64, id).toString(16).padStart(16, '0');
}
