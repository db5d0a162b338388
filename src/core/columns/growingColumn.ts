/** A Uint32Array that grows. `data` is longer than `length`, and another array after it has grown. */
export class GrowingUint32 {
  data: Uint32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const grown = new Uint32Array(2 * this.length);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length++] = value;
  }

  /** A copy that is as long as what is in it. */
  take(): Uint32Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }
}

/** A Float64Array that grows. */
export class GrowingFloat64 {
  #data: Float64Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 64) {
    this.#data = new Float64Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.#data.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.length++] = value;
  }

  at(index: number): number {
    return this.#data[index] ?? Number.NaN;
  }

  /** A copy that is as long as what is in it. */
  take(): Float64Array<ArrayBuffer> {
    return this.#data.slice(0, this.length);
  }
}

/** A Uint8Array that grows. */
export class GrowingBytes {
  data: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Uint8Array(capacity);
  }

  push(value: number): void {
    this.reserve(1);
    this.data[this.length++] = value;
  }

  /** Makes room for more bytes. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.data.length) return;
    const grown = new Uint8Array(Math.max(2 * this.data.length, this.length + bytes));
    grown.set(this.data);
    this.data = grown;
  }

  /** A copy that is as long as what is in it. */
  take(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }
}
