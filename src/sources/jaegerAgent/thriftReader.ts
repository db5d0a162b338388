import TCompactProtocol from 'thrift/lib/nodejs/lib/thrift/compact_protocol.js';
import { BrokenDatagramError, DatagramBytes } from './datagramBytes';

/** Thrift's numbers for the types of a field, as far as Jaeger's structs have them. */
const typeIds = { bool: 2, double: 4, int32: 8, int64: 10, text: 11, struct: 12, list: 15 } as const;

/** How to read one field of a struct, and the type that it must have; with another type it is skipped. */
export interface FieldReader {
  readonly type: keyof typeof typeIds;
  readonly read: () => void;
}

/** The fields of a struct that are read, by their id; all others are skipped. */
export type FieldReaders = Readonly<Record<number, FieldReader>>;

/**
 * Reads structs in Thrift's compact form, each field by its id. Throws on broken bytes, errors of several kinds: Apache's
 * own, and BrokenDatagramError. What is skipped may be nested 64 deep; each step takes a byte, so it always ends.
 */
export class ThriftReader {
  readonly #bytes: DatagramBytes;
  readonly #protocol: TCompactProtocol;

  constructor(bytes: Uint8Array) {
    this.#bytes = new DatagramBytes(bytes);
    this.#protocol = new TCompactProtocol(this.#bytes);
  }

  /** The name of the procedure that is called. */
  procedure(): string {
    return this.#protocol.readMessageBegin().fname;
  }

  /** Reads a struct to its end. */
  struct(fields: FieldReaders): void {
    this.#protocol.readStructBegin();
    for (;;) {
      const { ftype, fid } = this.#protocol.readFieldBegin();
      if (ftype === 0) break;
      const field = Object.hasOwn(fields, fid) ? fields[fid] : undefined;
      if (field && typeIds[field.type] === ftype) field.read();
      else this.#protocol.skip(ftype);
    }
    this.#protocol.readStructEnd();
  }

  /** Reads a list of structs, one call each. `leastBytes`: what a struct takes that has its required fields and no more. */
  list<T>(leastBytes: number, readElement: () => T): T[] {
    const { etype, size } = this.#protocol.readListBegin();
    // A list that says to be longer than the datagram is not begun.
    if (!(size * leastBytes <= this.#bytes.remaining)) {
      throw new BrokenDatagramError('a list is longer than the datagram');
    }
    if (size > 0 && etype !== typeIds.struct) throw new BrokenDatagramError('a list is not one of structs');
    const elements: T[] = [];
    for (let i = 0; i < size; i++) elements.push(readElement());
    return elements;
  }

  /** A signed 64-bit number. */
  int64(): bigint {
    const { buffer, offset } = this.#protocol.readI64();
    return buffer.readBigInt64BE(offset);
  }

  int32(): number {
    return this.#protocol.readI32();
  }

  double(): number {
    return this.#protocol.readDouble();
  }

  bool(): boolean {
    return this.#protocol.readBool();
  }

  text(): string {
    return this.#protocol.readString();
  }

  bytes(): Uint8Array {
    return this.#protocol.readBinary();
  }
}
