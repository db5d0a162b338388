import type { AttributeWriter } from '../columns/attributeWriter';
import { type JsonCursor, KeyTable, unusual } from './jsonCursor';

const quote = 0x22;
const closeBrace = 0x7d;
const tagKeys = new KeyTable(['key', 'type', 'value']);

/** How Jaeger writes a tag, around its key, its type and its value. */
const tagParts = {
  key: new TextEncoder().encode('{"key":'),
  type: new TextEncoder().encode(',"type":'),
  value: new TextEncoder().encode(',"value":'),
};

/** Reads lists of tags. */
export class TagReader {
  readonly #cursor: JsonCursor;
  /** By the reference of a key (0: at the beginning): the key that came after it the last time. Spans of one kind have theirs in one order. */
  readonly #nextKeys: number[] = [];
  /** By the reference of a key: the text that was its value the last time. */
  readonly #lastTexts: number[] = [];
  #lastKey = 0;

  constructor(cursor: JsonCursor) {
    this.#cursor = cursor;
  }

  /** Writes tags as attributes of the owner that is being written. */
  read(writer: AttributeWriter): void {
    this.#lastKey = 0;
    this.#cursor.array(() => this.#tag(writer));
  }

  #tag(writer: AttributeWriter): void {
    const cursor = this.#cursor;
    const from = cursor.at;
    if (cursor.isNext(tagParts.key)) {
      const key = cursor.text(this.#nextKeys[this.#lastKey]);
      if (cursor.isPlain) this.#nextKeys[this.#lastKey] = key;
      this.#lastKey = key;
      if (cursor.isNext(tagParts.type)) {
        cursor.skipText();
        if (cursor.isNext(tagParts.value)) {
          this.#value(writer, key);
          if (cursor.bytes[cursor.at] !== closeBrace) throw unusual;
          cursor.at++;
          return;
        }
      }
    }
    cursor.at = from;
    this.#otherTag(writer);
  }

  /** A tag with white space, without a type, or in another order. */
  #otherTag(writer: AttributeWriter): void {
    const cursor = this.#cursor;
    let key = 0;
    let hasValue = false;
    cursor.object(tagKeys, (part) => {
      if (part === 0) key = cursor.text();
      else if (part === 1) cursor.skipText();
      else {
        // The value is written when it is read: Jaeger writes the key first.
        if (key === 0) throw unusual;
        hasValue = true;
        this.#value(writer, key);
      }
    });
    if (!hasValue) throw unusual;
  }

  #value(writer: AttributeWriter, key: number): void {
    const byte = this.#cursor.peek();
    if (byte === quote) {
      const text = this.#cursor.text(this.#lastTexts[key]);
      if (this.#cursor.isPlain) this.#lastTexts[key] = text;
      writer.text(key, text);
    } else if (byte === 0x74 || byte === 0x66) writer.flag(key, this.#cursor.boolean());
    else writer.number(key, this.#cursor.number());
  }
}
