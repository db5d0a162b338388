import type { Selection, ValueColumn, ValueSource } from '../../../../src/core/alerts/valueColumn';

type Values = readonly (readonly [timeUs: number, value: number])[];

/** A column of values with their times, in their order. */
export function columnOf(
  values: Values,

  weights?: readonly number[],
): ValueColumn {
  return {
    timeUs: Float64Array.from(values, ([timeUs]) => timeUs),
    value: Float64Array.from(values, ([, value]) => value),
    weight: weights && Float64Array.from(weights),
  };
}

/** A source with the same groups for each selection, and what it was asked. */
export function sourceOf(
  groups: Readonly<Record<string, Values>>,
): ValueSource & { readonly asked: Selection[] } {
  const asked: Selection[] = [];
  return {
    asked,
    series(selection) {
      asked.push(selection);
      return Object.entries(groups).map(([label, values]) => ({
        labels: [label],
        columns: [columnOf(values)],
      }));
    },
  };
}
