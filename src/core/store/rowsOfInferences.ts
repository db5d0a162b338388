import { keyMask } from '../columns/attributeValue';
import type { BlockView } from '../columns/blockView';
import { rangeOf } from '../columns/rangeOf';
import type { InferenceDefinition } from '../trace/inference';

/** The rows of a block that are inferences by the definition, as `isInference` says: by name, or by both attributes. */
export function rowsOfInferences(view: BlockView, definition: InferenceDefinition): number[] {
  const name = view.refOf(definition.spanName);
  const latency = view.refOf(definition.latencyAttribute);
  const prediction = view.refOf(definition.predictionAttribute);
  const { name: names, attributes } = view.block.spans;
  const rows: number[] = [];
  for (let row = 0; row < names.length; row++) {
    const isNamed = name !== 0 && names[row] === name;
    if (isNamed || hasBoth(attributes, row, [latency, prediction])) rows.push(row);
  }
  return rows;
}

function hasBoth(
  { ends, keys }: BlockView['block']['spans']['attributes'],
  row: number,
  [one, other]: readonly [number, number],
): boolean {
  if (one === 0 || other === 0) return false;
  const [from, to] = rangeOf(ends, row);
  let [hasOne, hasOther] = [false, false];
  for (let i = from; i < to; i++) {
    const key = (keys[i] ?? 0) & keyMask;
    hasOne ||= key === one;
    hasOther ||= key === other;
  }
  return hasOne && hasOther;
}
