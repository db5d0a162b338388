import type { OwnClass } from './spanClass';

/** An attribute that says what a span is. Of several that a span has, the one that stands first in the table counts. */
export interface Convention {
  readonly attribute: string;
  /** What its value says; gets it in lower case. `undefined`: nothing. */
  readonly means: (value: string) => OwnClass;
}

/** An attribute that says it whatever its value is. */
export function always(as: OwnClass, ...attributes: readonly string[]): readonly Convention[] {
  return attributes.map((attribute) => ({ attribute, means: () => as }));
}

/** An attribute whose values say it, each written in lower case. */
export function byValue(attribute: string, values: Readonly<Record<string, OwnClass>>): Convention {
  const known = new Map(Object.entries(values));
  return { attribute, means: (value) => known.get(value) };
}
