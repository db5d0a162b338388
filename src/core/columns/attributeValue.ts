/** What an attribute's value is, in the two highest bits of its key. */
export const valueKinds = {
  /** 0 or 1. */
  boolean: 0,
  /** A reference to a text. */
  text: 1,
  /** An index into the block's numbers. */
  number: 2,
  /** The number itself. */
  whole: 3,
} as const;

/** How far the kind is shifted. */
export const kindShift = 30;

/** The key without the kind. */
export const keyMask = (1 << kindShift) - 1;

/** Whether a number is kept as it is: whole, below 2³², and not the negative zero. */
export function isWhole(value: number): boolean {
  return value >>> 0 === value && !Object.is(value, -0);
}
