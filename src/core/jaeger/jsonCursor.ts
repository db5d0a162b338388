import type { TextInterner } from '../columns/textInterner';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const plus = 0x2b;
const dot = 0x2e;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const zero = 0x30;
const nine = 0x39;

/** Thrown when bytes are not what is read fast: JSON.parse and the slow decoder must have them. Always the same one, without a stack. */
export const unusual: object = Object.freeze({ reason: 'unusual' });

const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** A place in the bytes of a JSON text. Reads what Jaeger writes; throws `unusual` at what it does not, and at what is no JSON. */
export class JsonCursor {
  readonly #texts: TextInterner;
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  /** Whether the last text was written as it is, without escapes and in ASCII. */
  isPlain = true;
  #end = 0;

  constructor(texts: TextInterner) {
    this.#texts = texts;
  }

  /** Begins with the first byte of a text. */
  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.at = 0;
    this.#end = bytes.length;
  }

  /** The next byte that is no white space; 0 at the end. */
  peek(): number {
    for (; this.at < this.#end; this.at++) {
      const byte = this.bytes[this.at] ?? 0;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
    }
    return 0;
  }

  /** Goes past a byte that must be next. */
  expect(byte: number): void {
    if (this.peek() !== byte) throw unusual;
    this.at++;
  }

  /** Goes past a comma or the closing bracket; whether there is another item. */
  next(closing: number): boolean {
    const byte = this.peek();
    this.at++;
    if (byte === comma) return true;
    if (byte === closing) return false;
    throw unusual;
  }

  /** Goes past `null`, if it is next. */
  isNull(): boolean {
    if (this.peek() !== 0x6e) return false;
    this.#literal('null');
    return true;
  }

  /** A key of an object and the colon after it, as the index in a list of keys. */
  key(keys: KeyTable): number {
    this.expect(quote);
    const from = this.at;
    let to = from;
    while (to < this.#end && this.bytes[to] !== quote) to++;
    const index = keys.indexOf(this.bytes, from, to);
    if (index < 0) throw unusual;
    this.at = to + 1;
    this.expect(colon);
    return index;
  }

  /**
   * The reference of a string. `likely` is one that `text` gave before for plain ASCII (see `isPlain`), or 0: when it is that one again,
   * which is often known, its bytes are compared and need no hash.
   */
  text(likely = 0): number {
    this.expect(quote);
    const { bytes } = this;
    const from = this.at;
    this.isPlain = true;
    if (likely !== 0) {
      const end = from + this.#texts.lengthOf(likely);
      if (bytes[end] === quote && this.#texts.isAt(likely, bytes, from)) {
        this.at = end + 1;
        return likely;
      }
    }
    let hash = 0x811c9dc5;
    for (let i = from; i < this.#end; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === quote) {
        this.at = i + 1;
        return this.#texts.internHashed(bytes, from, i, hash >>> 0);
      }
      if (byte === backslash || byte < 0x20 || byte >= 0x80) {
        this.isPlain = false;
        return this.#rareText(from, i);
      }
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    throw unusual;
  }

  /** Goes past a string of plain ASCII. */
  skipText(): void {
    this.expect(quote);
    const { bytes } = this;
    for (let i = this.at; i < this.#end; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === quote) {
        this.at = i + 1;
        return;
      }
      if (byte === backslash || byte < 0x20 || byte >= 0x80) break;
    }
    throw unusual;
  }

  /** Goes past exactly these bytes, if they are next. */
  isNext(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
    this.at = at + expected.length;
    return true;
  }

  /** The reference of a string of 16 or 32 lower-case hexadecimal digits. */
  id(): number {
    this.expect(quote);
    const from = this.at;
    const to = this.bytes[from + 16] === quote ? from + 16 : from + 32;
    if (this.bytes[to] !== quote) throw unusual;
    for (let i = from; i < to; i++) {
      const byte = this.bytes[i] ?? 0;
      if (!((byte >= zero && byte <= nine) || (byte >= 0x61 && byte <= 0x66))) throw unusual;
    }
    this.at = to + 1;
    return this.#texts.internBytes(this.bytes, from, to);
  }

  /** A number, rounded as JSON.parse does. */
  number(): number {
    this.peek();
    const { bytes } = this;
    const from = this.at;
    let i = from;
    const isNegative = bytes[i] === minus;
    if (isNegative) i++;
    const first = i;
    let mantissa = 0;
    for (let byte = bytes[i] ?? 0; byte >= zero && byte <= nine; byte = bytes[++i] ?? 0)
      mantissa = mantissa * 10 + byte - zero;
    if (i === first || (i > first + 1 && bytes[first] === zero)) throw unusual;
    let digits = i - first;
    let decimals = 0;
    if (bytes[i] === dot) {
      const firstDecimal = ++i;
      for (let byte = bytes[i] ?? 0; byte >= zero && byte <= nine; byte = bytes[++i] ?? 0)
        mantissa = mantissa * 10 + byte - zero;
      decimals = i - firstDecimal;
      digits += decimals;
      if (decimals === 0) throw unusual;
    }
    const isExponential = bytes[i] === 0x65 || bytes[i] === 0x45;
    if (isExponential) i = this.#exponentEnd(i + 1);
    this.at = i;
    // Both are exact, so that the quotient is rounded once (Clinger, How to Read Floating Point Numbers Accurately, 1990).
    if (isExponential || digits > 15 || decimals > 22) return Number(this.#ascii(from, i));
    const value = decimals === 0 ? mantissa : mantissa / (powersOfTen[decimals] ?? Number.NaN);
    return isNegative ? -value : value;
  }

  /** `true` or `false`. */
  boolean(): boolean {
    const isTrue = this.peek() === 0x74;
    this.#literal(isTrue ? 'true' : 'false');
    return isTrue;
  }

  /** An object with each key at most once. */
  object(keys: KeyTable, member: (key: number) => void): void {
    let seen = 0;
    this.expect(openBrace);
    if (this.peek() === closeBrace) {
      this.at++;
      return;
    }
    do {
      const key = this.key(keys);
      if (seen & (1 << key)) throw unusual;
      seen |= 1 << key;
      member(key);
    } while (this.next(closeBrace));
  }

  /** An array, or null, which stands for an empty one. */
  array(item: () => void): void {
    if (this.isNull()) return;
    this.expect(openBracket);
    if (this.peek() === closeBracket) {
      this.at++;
      return;
    }
    do item();
    while (this.next(closeBracket));
  }

  /** Nothing but white space may follow. */
  finish(): void {
    if (this.peek() !== 0 || this.at < this.#end) throw unusual;
  }

  #literal(word: string): void {
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at++] !== word.charCodeAt(i)) throw unusual;
  }

  #exponentEnd(from: number): number {
    const { bytes } = this;
    let i = bytes[from] === minus || bytes[from] === plus ? from + 1 : from;
    const first = i;
    for (let byte = bytes[i] ?? 0; byte >= zero && byte <= nine; byte = bytes[i] ?? 0) i++;
    if (i === first) throw unusual;
    return i;
  }

  #ascii(from: number, to: number): string {
    let text = '';
    for (let i = from; i < to; i++) text += String.fromCharCode(this.bytes[i] ?? 0);
    return text;
  }

  /** A string with escapes, or with more than ASCII. */
  #rareText(from: number, firstRare: number): number {
    let to = firstRare;
    while (to < this.#end && this.bytes[to] !== quote) to += this.bytes[to] === backslash ? 2 : 1;
    if (to >= this.#end) throw unusual;
    this.at = to + 1;
    const literal = `"${new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes.subarray(from, to))}"`;
    try {
      const text: unknown = JSON.parse(literal);
      if (typeof text === 'string') return this.#texts.intern(text);
    } catch {
      // Below: it is no JSON.
    }
    throw unusual;
  }
}

/** Keys of an object, fewer than 64, found by their bytes. */
export class KeyTable {
  readonly #keys: readonly Uint8Array[];
  readonly #slots = new Int16Array(64).fill(-1);

  constructor(keys: readonly string[]) {
    this.#keys = keys.map((key) => new TextEncoder().encode(key));
    for (const [index, key] of this.#keys.entries()) {
      let slot = slotOf(key, 0, key.length);
      while (this.#slots[slot] !== -1) slot = (slot + 1) & 63;
      this.#slots[slot] = index;
    }
  }

  /** The index of a key; -1 when it is none of them. */
  indexOf(bytes: Uint8Array, from: number, to: number): number {
    for (let slot = slotOf(bytes, from, to); ; slot = (slot + 1) & 63) {
      const index = this.#slots[slot] ?? -1;
      const key = this.#keys[index];
      if (!key || isSame(key, bytes, from, to)) return index;
    }
  }
}

function isSame(key: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[from + i]) return false;
  return true;
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  return ((bytes[from] ?? 0) * 7 + (bytes[to - 1] ?? 0) + (to - from) * 13) & 63;
}
