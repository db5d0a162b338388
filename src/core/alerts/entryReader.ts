import { asObject, own } from '../decode/jsonValue';
import { formatDuration, parseDuration } from '../duration';

/** Reads the fields of an entry of a setting, and collects what is wrong with them as halves of sentences. */
export class EntryReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #defaults: EntryReader | undefined;
  readonly #known = new Set<string>();
  /** What is wrong, such as `“for” is not text`. */
  readonly wrong: string[];

  /** Says what is wrong in a list of others, if there is one; fields that are left out are looked for in `defaults`. */
  constructor(fields: Readonly<Record<string, unknown>>, wrong: string[] = [], defaults?: EntryReader) {
    this.#fields = fields;
    this.#defaults = defaults;
    this.wrong = wrong;
  }

  /** Fields that nobody has asked for. */
  get unknown(): readonly string[] {
    return Object.keys(this.#fields).filter((key) => !this.#known.has(key));
  }

  raw(key: string): unknown {
    this.#known.add(key);
    const value = own(this.#fields, key);
    return value === undefined || value === null ? this.#defaults?.raw(key) : value;
  }

  /** A text, without spaces around it. */
  text(key: string, fallback: string): string {
    const value = this.raw(key) ?? fallback;
    return typeof value === 'string' ? value.trim() : this.reject(key, 'is not text', fallback);
  }

  texts(key: string, fallback: readonly string[]): readonly string[] {
    const value = this.raw(key) ?? fallback;
    const texts = Array.isArray(value)
      ? value.filter((each): each is string => typeof each === 'string')
      : [];
    if (Array.isArray(value) && texts.length === value.length && texts.every((each) => each.trim() !== ''))
      return texts.map((each) => each.trim());
    return this.reject(key, 'is not a list of texts', fallback);
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.raw(key) ?? fallback;
    return typeof value === 'boolean' ? value : this.reject(key, 'is neither true nor false', fallback);
  }

  number(key: string, fallback: number, [min, max]: readonly [number, number]): number {
    const value = this.raw(key) ?? fallback;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    return this.reject(key, `is not a number from ${min} to ${max}`, fallback);
  }

  oneOf<T extends string>(key: string, choices: readonly T[], fallback: T): T {
    const value = this.raw(key) ?? fallback;
    const choice = choices.find((each) => each === value);
    return choice ?? this.reject(key, `is not one of ${choices.join(', ')}`, fallback);
  }

  /** A duration such as `5m` in microseconds; `0` and `0s` are none where that is allowed. */
  duration(key: string, fallbackUs: number, [minUs, maxUs]: readonly [number, number]): number {
    const value = this.raw(key);
    if (value === undefined) return fallbackUs;
    if (minUs === 0 && (value === 0 || (typeof value === 'string' && /^\s*0+\s*(ms|s|m|h)?\s*$/.test(value))))
      return 0;
    const us = typeof value === 'string' ? parseDuration(value) : undefined;
    if (us === undefined) return this.reject(key, 'is not a duration such as 5m, 1h30m or 20s', fallbackUs);
    if (us < minUs) return this.reject(key, `is shorter than ${formatDuration(minUs)}`, fallbackUs);
    return us <= maxUs ? us : this.reject(key, `is longer than ${formatDuration(maxUs)}`, fallbackUs);
  }

  /** An object with fields of its own; `undefined` when there is none. */
  object(key: string): EntryReader | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const fields = asObject(value);
    if (fields) return new EntryReader(fields, this.wrong);
    return this.reject(key, 'is not an object in braces', undefined);
  }

  /** Some objects; an empty list when there are none. */
  objects(key: string): readonly EntryReader[] {
    const value = this.raw(key) ?? [];
    if (!Array.isArray(value)) return this.reject(key, 'is not a list', []);
    return value.flatMap((each: unknown) => {
      const fields = asObject(each);
      return fields
        ? [new EntryReader(fields, this.wrong)]
        : this.reject<EntryReader[]>(key, 'holds something that is no object in braces', []);
    });
  }

  reject<T>(key: string, what: string, fallback: T): T {
    this.wrong.push(`“${key}” ${what}`);
    return fallback;
  }

  /** The same fields, where those that are left out are looked for in others. */
  withDefaults(defaults: EntryReader): EntryReader {
    return new EntryReader(this.#fields, this.wrong, defaults);
  }
}
