const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const infinities: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
};

/**
 * A sample's value, as Go writes numbers that JSON lacks: `NaN`, `+Inf`, `-Inf` (and protobuf's JSON `Infinity`). NaN when it says so;
 * `undefined` when it is no number.
 */
export function sampleValue(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (number.test(value.slice(0, 64))) return Number(value);
  const word = value.trim().toLowerCase().replace('infinity', 'inf');
  return word === 'nan' ? Number.NaN : Object.hasOwn(infinities, word) ? infinities[word] : undefined;
}
