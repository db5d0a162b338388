import { keyMask, kindShift, valueKinds } from '../columns/attributeValue';
import type { AttributeWriter } from '../columns/attributeWriter';
import type { BlockBuilder } from '../columns/blockBuilder';
import { rangeOf } from '../columns/rangeOf';
import { spanKinds } from '../trace/span';

/** What decodeJaegerTrace reads from a span's tags, and an event's name from its fields, of columns. */
export class SpanState {
  readonly #builder: BlockBuilder;
  readonly #keys: Readonly<Record<'kind' | 'code' | 'error' | 'message' | 'event' | 'eventMessage', number>>;
  readonly #kinds: ReadonlyMap<number, number>;
  readonly #texts: Readonly<Record<'error' | 'ok' | 'true' | 'empty', number>>;

  constructor(builder: BlockBuilder) {
    this.#builder = builder;
    const ref = (text: string) => builder.texts.intern(text);
    this.#keys = {
      kind: ref('span.kind'),
      code: ref('otel.status_code'),
      error: ref('error'),
      message: ref('otel.status_description'),
      event: ref('event'),
      eventMessage: ref('message'),
    };
    this.#kinds = new Map(spanKinds.slice(1).map((kind, i) => [ref(kind), i + 1]));
    this.#texts = { error: ref('ERROR'), ok: ref('OK'), true: ref('true'), empty: ref('') };
  }

  /** Says kind and status of the row that was written last. */
  write(row: number): void {
    const { keys, values, ends } = this.#builder.attributes;
    const [from, to] = rangeOf(ends.data, row);
    let [kind, message] = [0, 0];
    let [isError, isOk] = [false, false];
    for (let i = from; i < to; i++) {
      const packed = keys.data[i] ?? 0;
      const key = packed & keyMask;
      const value = values.data[i] ?? 0;
      const isText = packed >>> kindShift === valueKinds.text;
      if (key === this.#keys.kind) {
        if (isText) kind = this.#kinds.get(value) ?? 0;
      } else if (key === this.#keys.code) {
        isError ||= isText && value === this.#texts.error;
        isOk = isText && value === this.#texts.ok;
      } else if (key === this.#keys.error) {
        isError ||= isText ? value === this.#texts.true : packed >>> kindShift === 0 && value === 1;
      } else if (key === this.#keys.message) {
        message = this.#asText(this.#builder.attributes, i);
      }
    }
    if (kind !== 0 || isError || isOk || message !== 0)
      this.#builder.state(row, kind, isError ? 2 : isOk ? 1 : 0, message);
  }

  /** Takes the name of the event of which the attributes are being written out of them. */
  takeEventName(): number {
    const writer = this.#builder.eventAttributes;
    const { event, eventMessage } = this.#keys;
    const place = writer.placeOf(event) >= 0 ? writer.placeOf(event) : writer.placeOf(eventMessage);
    if (place < 0) return this.#texts.empty;
    const name = this.#asText(writer, place);
    writer.remove(place);
    return name;
  }

  #asText({ keys, values }: AttributeWriter, place: number): number {
    const value = values.data[place] ?? 0;
    const { texts, numbers } = this.#builder;
    switch ((keys.data[place] ?? 0) >>> kindShift) {
      case valueKinds.text:
        return value;
      case valueKinds.boolean:
        return texts.intern(String(value === 1));
      case valueKinds.whole:
        return texts.intern(String(value));
      default:
        return texts.intern(String(numbers.at(value)));
    }
  }
}
