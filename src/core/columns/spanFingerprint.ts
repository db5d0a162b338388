import { keyMask, kindShift, valueKinds } from './attributeValue';
import type { AttributeWriter } from './attributeWriter';
import type { GrowingBytes, GrowingFloat64, GrowingUint32 } from './growingColumn';
import { rangeOf } from './rangeOf';
import type { TextInterner } from './textInterner';

/** What a builder has written, as far as it is seen of a span. */
export interface WrittenColumns {
  readonly texts: TextInterner;
  readonly numbers: GrowingFloat64;
  readonly attributes: AttributeWriter;
  readonly eventAttributes: AttributeWriter;
  readonly spans: Readonly<
    Record<
      'id' | 'parent' | 'name' | 'resource' | 'statusMessage' | 'eventEnds' | 'linkEnds',
      GrowingUint32
    > &
      Record<'kind' | 'status', GrowingBytes> &
      Record<'startTimeUs' | 'durationUs', GrowingFloat64>
  >;
  readonly events: { readonly name: GrowingUint32; readonly timeUs: GrowingFloat64 };
  readonly links: Readonly<Record<'traceId' | 'spanId', GrowingUint32>>;
  readonly services: GrowingUint32;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * A number that changes when anything that is seen of a span does, but for the attributes of its resource: FNV-1a over words, the hashes
 * of texts and the bits of numbers.
 */
export function spanFingerprint(written: WrittenColumns, row: number): number {
  const { texts, numbers, spans, events, links, services } = written;
  let hash = 0x811c9dc5;
  const add = (word: number) => {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  };
  const addText = (ref: number | undefined) => add(ref ? texts.hash(ref) : 0);
  const addNumber = (value: number) => {
    double[0] = value;
    add(words[0] ?? 0);
    add(words[1] ?? 0);
  };
  const addAttributes = ({ keys, values }: AttributeWriter, [from, to]: readonly [number, number]) => {
    for (let i = from; i < to; i++) {
      const packed = keys.data[i] ?? 0;
      const kind = packed >>> kindShift;
      const value = values.data[i] ?? 0;
      addText(packed & keyMask);
      if (kind === valueKinds.text) addText(value);
      else if (kind === valueKinds.number) addNumber(numbers.at(value));
      else add(value ^ (kind << 8));
    }
    add(to - from);
  };
  for (const column of [spans.id, spans.parent, spans.name, spans.statusMessage]) addText(column.data[row]);
  addText(services.data[spans.resource.data[row] ?? 0]);
  addNumber(spans.startTimeUs.at(row));
  addNumber(spans.durationUs.at(row));
  add(((spans.kind.data[row] ?? 0) << 8) | (spans.status.data[row] ?? 0));
  addAttributes(written.attributes, rangeOf(written.attributes.ends.data, row));
  const [firstEvent, eventsEnd] = rangeOf(spans.eventEnds.data, row);
  for (let i = firstEvent; i < eventsEnd; i++) {
    addText(events.name.data[i]);
    addNumber(events.timeUs.at(i));
    addAttributes(written.eventAttributes, rangeOf(written.eventAttributes.ends.data, i));
  }
  const [firstLink, linksEnd] = rangeOf(spans.linkEnds.data, row);
  for (let i = firstLink; i < linksEnd; i++) {
    addText(links.traceId.data[i]);
    addText(links.spanId.data[i]);
  }
  return hash;
}
