import type { AttributeValue } from '../trace/span';
import { isWhole, keyMask, kindShift, valueKinds } from './attributeValue';
import { type GrowingFloat64, GrowingUint32 } from './growingColumn';
import type { AttributeColumns } from './spanBlock';
import type { TextInterner } from './textInterner';

/** Writes attributes owner after owner. A key that comes again replaces the value, as in a Map. */
export class AttributeWriter {
  readonly keys = new GrowingUint32(256);
  readonly values = new GrowingUint32(256);
  readonly ends = new GrowingUint32();
  readonly #texts: TextInterner;
  readonly #numbers: GrowingFloat64;
  /** Where each key was written last. */
  #places = new Uint32Array(256);
  #ownerStart = 0;

  constructor(texts: TextInterner, numbers: GrowingFloat64) {
    this.#texts = texts;
    this.#numbers = numbers;
  }

  text(key: number, ref: number): void {
    this.#put(key, valueKinds.text, ref);
  }

  flag(key: number, value: boolean): void {
    this.#put(key, valueKinds.boolean, value ? 1 : 0);
  }

  number(key: number, value: number): void {
    if (isWhole(value)) {
      this.#put(key, valueKinds.whole, value);
    } else {
      this.#put(key, valueKinds.number, this.#numbers.length);
      this.#numbers.push(value);
    }
  }

  /** Writes a value of any kind. */
  value(key: number, value: AttributeValue): void {
    if (typeof value === 'string') this.text(key, this.#texts.intern(value));
    else if (typeof value === 'number') this.number(key, value);
    else this.flag(key, value);
  }

  /** Where the owner that is being written has a key; -1 when it has it not. */
  placeOf(key: number): number {
    const place = this.#places[key] ?? 0;
    const isHere = place >= this.#ownerStart && place < this.keys.length;
    return isHere && ((this.keys.data[place] ?? 0) & keyMask) === key ? place : -1;
  }

  /** Takes an attribute of the owner that is being written out again; nothing may be written after it but the end. */
  remove(place: number): void {
    for (const { data, length } of [this.keys, this.values]) data.copyWithin(place, place + 1, length);
    this.keys.length--;
    this.values.length--;
  }

  /** Forgets all but the first owners. */
  rollBack(owners: number): void {
    this.ends.length = owners;
    this.#ownerStart = owners === 0 ? 0 : (this.ends.data[owners - 1] ?? 0);
    this.keys.length = this.values.length = this.#ownerStart;
  }

  /** Ends the owner; what comes next belongs to the next one. */
  close(): void {
    this.#ownerStart = this.keys.length;
    this.ends.push(this.#ownerStart);
  }

  take(): AttributeColumns {
    return { ends: this.ends.take(), keys: this.keys.take(), values: this.values.take() };
  }

  #put(key: number, kind: number, value: number): void {
    if (key >= this.#places.length) {
      const grown = new Uint32Array(Math.max(2 * this.#places.length, key + 1));
      grown.set(this.#places);
      this.#places = grown;
    }
    const packed = (key | (kind << kindShift)) >>> 0;
    const place = this.placeOf(key);
    if (place >= 0) {
      this.keys.data[place] = packed;
      this.values.data[place] = value;
      return;
    }
    this.#places[key] = this.keys.length;
    this.keys.push(packed);
    this.values.push(value);
  }
}
