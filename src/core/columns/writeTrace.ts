import { type Attributes, type Span, spanKinds, spanStatuses } from '../trace/span';
import type { Trace } from '../trace/trace';
import type { AttributeWriter } from './attributeWriter';
import { BlockBuilder } from './blockBuilder';
import type { SpanBlock } from './spanBlock';

/** Writes a trace that came as objects. */
export function writeTrace(builder: BlockBuilder, trace: Trace): void {
  const resources = new Map<Attributes, Map<string, number>>();
  for (const span of trace.spans) {
    const row = writeSpan(builder, span);
    const byService = resources.get(span.resource) ?? new Map<string, number>();
    resources.set(span.resource, byService);
    let resource = byService.get(span.service);
    if (resource === undefined) {
      writeAttributes(builder.resourceAttributes, builder, span.resource);
      resource = builder.resource(builder.texts.intern(span.service));
      byService.set(span.service, resource);
    }
    builder.resourceOf(row, resource);
  }
  builder.trace(builder.texts.intern(trace.traceId));
}

/** Traces that came as objects, as a block. */
export function blockOf(traces: Iterable<Trace>): SpanBlock {
  const builder = new BlockBuilder();
  for (const trace of traces) writeTrace(builder, trace);
  return builder.take();
}

function writeSpan(builder: BlockBuilder, span: Span): number {
  const { texts } = builder;
  writeAttributes(builder.attributes, builder, span.attributes);
  for (const event of span.events) {
    writeAttributes(builder.eventAttributes, builder, event.attributes);
    builder.event(texts.intern(event.name), event.timeUs);
  }
  for (const link of span.links) builder.link(texts.intern(link.traceId), texts.intern(link.spanId));
  for (const warning of span.warnings) builder.warning(texts.intern(warning));
  const row = builder.span({
    id: texts.intern(span.spanId),
    parent: span.parentSpanId === undefined ? 0 : texts.intern(span.parentSpanId),
    name: texts.intern(span.name),
    startTimeUs: span.startTimeUs,
    durationUs: span.durationUs,
  });
  const message = span.statusMessage === undefined ? 0 : texts.intern(span.statusMessage);
  builder.state(row, spanKinds.indexOf(span.kind), spanStatuses.indexOf(span.status), message);
  return row;
}

function writeAttributes(writer: AttributeWriter, { texts }: BlockBuilder, attributes: Attributes): void {
  for (const [key, value] of attributes) writer.value(texts.intern(key), value);
}
