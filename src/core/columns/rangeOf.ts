/** Where the items of an owner begin and end, of a column that says where each owner's end. */
export function rangeOf(ends: Uint32Array, owner: number): readonly [from: number, to: number] {
  return [owner === 0 ? 0 : (ends[owner - 1] ?? 0), ends[owner] ?? 0];
}
