import { PbfReader } from 'pbf';
import { decodeUtf8, hexText, isZero } from './byteText';
import { SlotCache } from './slotCache';

/** Thrown within the decoder when bytes are no protobuf, or end too early. Never leaves it. */
export class BrokenMessage extends Error {}

/** Thrown within the decoder when a message has more fields or spans than the limits allow. Never leaves it. */
export class TooManyParts extends Error {}

/** In bytes. Longer texts are seldom the same, and comparing costs. */
const longestKeptText = 48;
const longestVarint = 10;

/** One each, made once: a stack for each of a hundred thousand broken spans would be most of the work. */
const broken = new BrokenMessage('the message is cut or broken');
const tooMany = new TooManyParts('the message has too many parts');

/**
 * pbf's reader with bounds: each method takes the position where the message around it ends and throws BrokenMessage
 * rather than read beyond it. Counts fields, so that the work and the memory of a hostile message are bounded.
 */
export class ProtobufReader extends PbfReader {
  #fieldsLeft: number;
  readonly #texts: SlotCache;
  readonly #ids: SlotCache;

  constructor(bytes: Uint8Array, maxFields: number) {
    super(bytes);
    this.#fieldsLeft = maxFields;
    this.#texts = new SlotCache(bytes);
    this.#ids = new SlotCache(bytes);
  }

  /** The next tag, wire type and all; 0 at the end. */
  nextTag(end: number): number {
    if (this.pos >= end) return 0;
    if (this.#fieldsLeft-- <= 0) throw tooMany;
    const tag = this.readUnsigned(end);
    if (tag < 8) throw broken;
    return tag;
  }

  /** Passes over the value that belongs to a tag: an unknown field, or a known one of the wrong wire type. */
  skipValue(tag: number, end: number): void {
    const type = tag & 7;
    if (type === 0) {
      this.readUnsigned(end);
      return;
    }
    if (type === 2) this.pos = this.messageEnd(end);
    else if (type === 1) this.pos += 8;
    else if (type === 5) this.pos += 4;
    else throw broken;
    if (this.pos > end) throw broken;
  }

  /** Reads a length; where the value after it ends. */
  messageEnd(end: number): number {
    const length = this.readUnsigned(end);
    if (length > end - this.pos) throw broken;
    return this.pos + length;
  }

  /** A varint as an unsigned number; above 2^53 it is not exact. */
  readUnsigned(end: number): number {
    const value = this.#varint(false);
    if (this.pos > end) throw broken;
    return value;
  }

  /** An int64: text when a number cannot hold it. */
  readInt64(end: number): number | string {
    const start = this.pos;
    const value = this.#varint(true);
    if (this.pos > end) throw broken;
    return Number.isSafeInteger(value) ? value : this.#exactInt64(start);
  }

  readDoubleIn(end: number): number {
    if (end - this.pos < 8) throw broken;
    return this.readDouble();
  }

  /**
   * Nanoseconds since the Unix epoch as whole microseconds; undefined beyond what can be counted exactly.
   * The halves are divided apart: together they are no exact number, and readFixed64 would be up to 128 ns off.
   */
  readTimeUs(end: number): number | undefined {
    if (end - this.pos < 8) throw broken;
    const low = this.readFixed32();
    const high = this.readFixed32();
    // 2^32 ns are 4294967 µs and 296 ns.
    const us = high * 4_294_967 + Math.floor((high * 296 + low) / 1000);
    return us <= Number.MAX_SAFE_INTEGER ? us : undefined;
  }

  /** A string. Short ones are remembered: keys, names and many values come again and again. */
  readText(end: number): string {
    const textEnd = this.messageEnd(end);
    const start = this.pos;
    this.pos = textEnd;
    if (textEnd - start > longestKeptText) return decodeUtf8(this.buf, start, textEnd);
    return this.#texts.find(start, textEnd) ?? this.#texts.keep(decodeUtf8(this.buf, start, textEnd));
  }

  /** A trace or span id as hex; undefined when it is neither 8 nor 16 bytes, or all zeros. */
  readId(end: number): string | undefined {
    const idEnd = this.messageEnd(end);
    const start = this.pos;
    this.pos = idEnd;
    if (idEnd - start !== 8 && idEnd - start !== 16) return undefined;
    const hex = this.#ids.find(start, idEnd) ?? this.#ids.keep(hexText(this.buf, start, idEnd));
    return isZero(this.buf, start, idEnd) ? undefined : hex;
  }

  /** Bytes, as a view of the message. */
  readBytesIn(end: number): Uint8Array {
    const bytesEnd = this.messageEnd(end);
    const bytes = this.buf.subarray(this.pos, bytesEnd);
    this.pos = bytesEnd;
    return bytes;
  }

  #varint(isSigned: boolean): number {
    try {
      return this.readVarint(isSigned);
    } catch {
      // pbf throws an error with a stack when it does not end.
      throw broken;
    }
  }

  #exactInt64(start: number): string {
    let value = 0n;
    for (let i = 0; i < longestVarint; i++) {
      const byte = this.buf[start + i] ?? 0;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) break;
    }
    return String(BigInt.asIntN(64, value));
  }
}
