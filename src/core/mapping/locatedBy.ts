/** How a place in the code was found, the most certain first. */
export const locatedBys = [
  'code attributes',
  'old code attributes',
  'stack frame',
  'span name',
  'library call',
  'function name',
] as const;

/** One of the ways in which a place in the code is found. */
export type LocatedBy = (typeof locatedBys)[number];
