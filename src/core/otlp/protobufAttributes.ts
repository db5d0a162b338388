import type { Attributes, AttributeValue } from '../trace/span';
import { base64Text } from './byteText';
import type { ProtobufReader } from './protobufReader';

/** Deepest nesting of lists and maps in an attribute that is kept, as in OTLP's JSON. */
export const maxNesting = 32;

/** Of spans, events and resources without any: most of them, and a Map each would be most of the memory. */
export const noAttributes: Attributes = new Map();

/** A value, or one that is a list or a map: already JSON text, which must not be quoted again. */
export type AttributeRead = AttributeValue | { readonly json: string } | undefined;

/** Reads a KeyValue, from its length on, into a map. One without a value is left out. */
export function readAttribute(
  reader: ProtobufReader,
  end: number,
  attributes: Map<string, AttributeValue>,
): void {
  const ownEnd = reader.messageEnd(end);
  let key = '';
  let value: AttributeRead;
  for (let tag = reader.nextTag(ownEnd); tag !== 0; tag = reader.nextTag(ownEnd)) {
    if (tag === 0x0a) key = reader.readText(ownEnd);
    else if (tag === 0x12) value = readAnyValue(reader, reader.messageEnd(ownEnd), maxNesting);
    else reader.skipValue(tag, ownEnd);
  }
  if (value !== undefined) attributes.set(key, typeof value === 'object' ? value.json : value);
}

/** Reads an AnyValue to its end. Of several values the last one counts, as protobuf has it for a oneof. */
export function readAnyValue(reader: ProtobufReader, end: number, depth: number): AttributeRead {
  let value: AttributeRead;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    switch (tag) {
      case 0x0a: // string_value
        value = reader.readText(end);
        break;
      case 0x10: // bool_value
        value = reader.readUnsigned(end) !== 0;
        break;
      case 0x18: // int_value
        value = reader.readInt64(end);
        break;
      case 0x21: // double_value
        value = plainDouble(reader.readDoubleIn(end));
        break;
      case 0x2a: // array_value
        value = { json: readList(reader, reader.messageEnd(end), depth) };
        break;
      case 0x32: // kvlist_value
        value = { json: readMap(reader, reader.messageEnd(end), depth) };
        break;
      case 0x3a: // bytes_value
        value = base64Text(reader.readBytesIn(end));
        break;
      default:
        reader.skipValue(tag, end);
    }
  }
  return value;
}

/** NaN and the infinities are text, as in JSON. */
function plainDouble(double: number): number | string {
  return Number.isFinite(double) ? double : String(double);
}

function readList(reader: ProtobufReader, end: number, depth: number): string {
  if (depth === 0) return passOver(reader, end);
  const items: string[] = [];
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag === 0x0a) items.push(jsonText(readAnyValue(reader, reader.messageEnd(end), depth - 1)));
    else reader.skipValue(tag, end);
  }
  return `[${items.join()}]`;
}

function readMap(reader: ProtobufReader, end: number, depth: number): string {
  if (depth === 0) return passOver(reader, end);
  const entries: string[] = [];
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag === 0x0a) entries.push(readEntry(reader, reader.messageEnd(end), depth - 1));
    else reader.skipValue(tag, end);
  }
  return `{${entries.join()}}`;
}

function readEntry(reader: ProtobufReader, end: number, depth: number): string {
  let key = '';
  let value: AttributeRead;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag === 0x0a) key = reader.readText(end);
    else if (tag === 0x12) value = readAnyValue(reader, reader.messageEnd(end), depth);
    else reader.skipValue(tag, end);
  }
  return `${JSON.stringify(key)}:${jsonText(value)}`;
}

/** What is nested too deep is null. */
function passOver(reader: ProtobufReader, end: number): string {
  reader.pos = end;
  return 'null';
}

function jsonText(value: AttributeRead): string {
  return typeof value === 'object' ? value.json : JSON.stringify(value ?? null);
}
