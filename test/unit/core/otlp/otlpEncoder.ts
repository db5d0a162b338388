import { PbfWriter } from 'pbf';

/** What the encoder takes: OTLP's JSON form, of which it writes the protobuf. */
export type Json = { readonly [key: string]: unknown };

/** An ExportTraceServiceRequest in protobuf, of the elements of `resourceSpans` in OTLP's JSON. */
export function encodeOtlp(resourceSpans: readonly Json[]): Uint8Array {
  const writer = new PbfWriter();
  for (const element of resourceSpans) writer.writeMessage(1, writeResourceSpans, element);
  return writer.finish();
}

function writeResourceSpans(element: Json, writer: PbfWriter): void {
  if (element.resource)
    writer.writeMessage(1, writeAttributesAt(1), list(object(element.resource).attributes));
  for (const scope of list(element.scopeSpans)) {
    writer.writeMessage(
      2,
      (item: Json, inner) => {
        const name = object(item.scope ?? {}).name;
        inner.writeMessage(1, (given: string, w) => writeText(w, 1, given), String(name ?? 'scope'));
        for (const span of list(item.spans)) inner.writeMessage(2, writeSpan, object(span));
      },
      object(scope),
    );
  }
}

const writeAttributesAt = (tag: number) => (attributes: readonly unknown[], writer: PbfWriter) => {
  for (const attribute of attributes) writer.writeMessage(tag, writeKeyValue, object(attribute));
};

function writeSpan(span: Json, writer: PbfWriter): void {
  writeHex(writer, 1, span.traceId);
  writeHex(writer, 2, span.spanId);
  writeHex(writer, 4, span.parentSpanId);
  if (typeof span.name === 'string') writeText(writer, 5, span.name);
  if (typeof span.kind === 'number') writer.writeVarintField(6, span.kind);
  writeNanos(writer, 7, span.startTimeUnixNano);
  writeNanos(writer, 8, span.endTimeUnixNano);
  writeAttributesAt(9)(list(span.attributes), writer);
  for (const event of list(span.events)) writer.writeMessage(11, writeEvent, object(event));
  for (const link of list(span.links)) writer.writeMessage(13, writeLink, object(link));
  if (span.status) writer.writeMessage(15, writeStatus, object(span.status));
  writer.writeFixed32Field(16, 256);
}

function writeEvent(event: Json, writer: PbfWriter): void {
  writeNanos(writer, 1, event.timeUnixNano);
  if (typeof event.name === 'string') writeText(writer, 2, event.name);
  writeAttributesAt(3)(list(event.attributes), writer);
}

function writeLink(link: Json, writer: PbfWriter): void {
  writeHex(writer, 1, link.traceId);
  writeHex(writer, 2, link.spanId);
}

function writeStatus(status: Json, writer: PbfWriter): void {
  if (typeof status.message === 'string') writeText(writer, 2, status.message);
  if (typeof status.code === 'number') writer.writeVarintField(3, status.code);
}

function writeKeyValue(attribute: Json, writer: PbfWriter): void {
  if (typeof attribute.key === 'string') writeText(writer, 1, attribute.key);
  if (attribute.value !== undefined) writer.writeMessage(2, writeAnyValue, object(attribute.value));
}

function writeAnyValue(value: Json, writer: PbfWriter): void {
  if (typeof value.stringValue === 'string') writeText(writer, 1, value.stringValue);
  if (typeof value.boolValue === 'boolean') writer.writeBooleanField(2, value.boolValue);
  if (value.intValue !== undefined) {
    writer.writeTag(3, 0);
    writeInt64(writer, BigInt(String(value.intValue)));
  }
  if (value.doubleValue !== undefined) writer.writeDoubleField(4, Number(value.doubleValue));
  if (value.arrayValue) {
    writer.writeMessage(
      5,
      (values: readonly unknown[], inner) => {
        for (const item of values) inner.writeMessage(1, writeAnyValue, object(item));
      },
      list(object(value.arrayValue).values),
    );
  }
  if (value.kvlistValue) writer.writeMessage(6, writeAttributesAt(1), list(object(value.kvlistValue).values));
  if (typeof value.bytesValue === 'string')
    writer.writeBytesField(7, Buffer.from(value.bytesValue, 'base64'));
}

/** pbf writes numbers; an int64 need not be one. */
function writeInt64(writer: PbfWriter, int: bigint): void {
  let left = BigInt.asUintN(64, int);
  writer.realloc(10);
  while (left > 0x7fn) {
    writer.buf[writer.pos++] = Number(left & 0x7fn) | 0x80;
    left >>= 7n;
  }
  writer.buf[writer.pos++] = Number(left);
}

function writeNanos(writer: PbfWriter, tag: number, nanos: unknown): void {
  if (typeof nanos !== 'string') return;
  const value = BigInt(nanos);
  writer.writeTag(tag, 1);
  writer.writeFixed32(Number(value & 0xffffffffn));
  writer.writeFixed32(Number(value >> 32n));
}

/** pbf's own text writer loses a bit of characters from U+20000 on. */
function writeText(writer: PbfWriter, tag: number, text: string): void {
  writer.writeBytesField(tag, Buffer.from(text));
}

function writeHex(writer: PbfWriter, tag: number, hex: unknown): void {
  if (typeof hex === 'string') writer.writeBytesField(tag, Buffer.from(hex, 'hex'));
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
