import { keyMask, kindShift, valueKinds } from '../columns/attributeValue';
import type { AttributeWriter } from '../columns/attributeWriter';
import type { TextInterner } from '../columns/textInterner';
import { decodeUtf8, isZero } from './byteText';
import type { ProtobufReader } from './protobufReader';

const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** Takes the texts of a message over from its bytes into a block, without making strings, and cuts those that are too long. */
export class MessageTexts {
  readonly #reader: ProtobufReader;
  readonly #texts: TextInterner;
  readonly #maxLength: number;
  readonly #hex = new Uint8Array(32);
  readonly empty: number;
  /** References of texts that were cut. */
  readonly cut = new Set<number>();

  constructor(reader: ProtobufReader, texts: TextInterner, maxLength: number) {
    this.#reader = reader;
    this.#texts = texts;
    this.#maxLength = maxLength;
    this.empty = texts.intern('');
  }

  /** Reads a string; its reference. */
  read(end: number): number {
    const reader = this.#reader;
    const to = reader.messageEnd(end);
    const from = reader.pos;
    reader.pos = to;
    // There are no more characters than bytes.
    return to - from <= this.#maxLength
      ? this.#texts.internBytes(reader.buf, from, to)
      : this.ref(decodeUtf8(reader.buf, from, to));
  }

  /** The reference of a text. */
  ref(text: string): number {
    if (text.length <= this.#maxLength) return this.#texts.intern(text);
    const ref = this.#texts.intern(text.slice(0, this.#maxLength));
    this.cut.add(ref);
    return ref;
  }

  /** Whether an attribute of the owner that is being written has a text that was cut. */
  isCutIn({ keys, values, ends }: AttributeWriter): boolean {
    if (this.cut.size === 0) return false;
    for (let i = ends.length === 0 ? 0 : (ends.data[ends.length - 1] ?? 0); i < keys.length; i++) {
      const packed = keys.data[i] ?? 0;
      const isText = packed >>> kindShift === valueKinds.text;
      if (this.cut.has(packed & keyMask) || (isText && this.cut.has(values.data[i] ?? 0))) return true;
    }
    return false;
  }

  /** Reads a trace or span id; the reference of its hex, or 0 when it is neither 8 nor 16 bytes, or all zeros. */
  readId(end: number): number {
    const reader = this.#reader;
    const to = reader.messageEnd(end);
    const from = reader.pos;
    reader.pos = to;
    const length = to - from;
    if ((length !== 8 && length !== 16) || isZero(reader.buf, from, to)) return 0;
    for (let i = 0; i < length; i++) {
      const byte = reader.buf[from + i] ?? 0;
      this.#hex[2 * i] = hexDigits[byte >> 4] ?? 0;
      this.#hex[2 * i + 1] = hexDigits[byte & 15] ?? 0;
    }
    return this.#texts.internBytes(this.#hex, 0, 2 * length);
  }
}
