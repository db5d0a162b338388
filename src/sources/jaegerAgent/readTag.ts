import type { AttributeValue } from '../../core/trace/span';
import type { ThriftTag } from './jaegerBatch';
import type { ThriftReader } from './thriftReader';

/** Reads a tag. Its `vType` says which of its values counts; one that is missing is empty, false or 0, as in Jaeger. */
export function readTag(reader: ThriftReader): ThriftTag {
  let key = '';
  let type = -1;
  const values: Record<number, AttributeValue> = { 0: '', 1: 0, 2: false, 3: 0, 4: '' };
  reader.struct({
    1: { type: 'text', read: () => (key = reader.text()) },
    2: { type: 'int32', read: () => (type = reader.int32()) },
    3: { type: 'text', read: () => (values[0] = reader.text()) },
    4: { type: 'double', read: () => (values[1] = writableNumber(reader.double())) },
    5: { type: 'bool', read: () => (values[2] = reader.bool()) },
    6: { type: 'int64', read: () => (values[3] = exactNumber(reader.int64())) },
    7: { type: 'text', read: () => (values[4] = Buffer.from(reader.bytes()).toString('base64')) },
  });
  // What the collector writes for a type it does not know: pkg/translator/jaeger/jaegerthrift_to_traces.go.
  return { key, value: values[type] ?? '<Unknown Jaeger TagType "<UNSET>">' };
}

/** JSON has no NaN and no infinities: they stay text, as in OTLP's JSON. */
function writableNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** What a double cannot hold stays text, as in Jaeger's answers. */
function exactNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
