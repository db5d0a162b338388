/** What JSON.parse gives, before anything is known about it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object (not an array, not null), if it is one. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The value as an array; anything else is an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text, if it is text. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a finite number: a number, or a whole number written as text, as protobuf's JSON writes int64. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : undefined;
}

/** The value as microseconds since the Unix epoch, or of a duration: not negative, and small enough to be counted exactly. */
export function asTimeUs(value: unknown): number | undefined {
  const us = asNumber(value);
  return us !== undefined && us >= 0 && us <= Number.MAX_SAFE_INTEGER ? us : undefined;
}

/** A property of an object's own; what it inherits does not count. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
