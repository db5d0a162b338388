import type { Selection, ValueColumn, ValueSource } from '../../../../src/core/alerts/valueColumn';

type Values = readonly (readonly [timeUs: number, value: number])[];

/** A column of values with their times, in their order. */
export function columnOf(
  values: Values,
  labels: readonly string[] = [],
  weights?: readonly number[],
): ValueColumn {
  return {
    labels,
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
    columns(selection) {
      asked.push(selection);
      return Object.entries(groups).map(([label, values]) => columnOf(values, [label]));
    },
  };
}
