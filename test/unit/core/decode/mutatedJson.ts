import fc from 'fast-check';

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    Number.NaN,
    -1,
    1e308,
    2 ** 60,
    '',
    '12',
    '-5',
    '1152921504606846977',
    '__proto__',
    'constructor',
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A real answer in which some values, whole branches among them, are replaced by what no one would send. */
export function mutatedJson(sample: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ at: fc.nat(), value: hostile });
  return fc.array(change, { minLength: 1, maxLength: 8 }).map((changes) => {
    const holder = { root: structuredClone(sample) };
    for (const { at, value } of changes) {
      const places = placesIn(holder);
      places[at % places.length]?.(structuredClone(value));
    }
    return holder.root;
  });
}

/** A setter for every property and element below a value. */
function placesIn(value: unknown): ((replacement: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    (replacement: unknown) =>
      void Object.defineProperty(value, key, {
        value: replacement,
        enumerable: true,
        writable: true,
        configurable: true,
      }),
    ...placesIn(Object.getOwnPropertyDescriptor(value, key)?.value),
  ]);
}
