/** Any of the arrays that columns are. */
export type Column = Uint8Array | Uint32Array | Float64Array;

/** Columns one after the other, each with its length in bytes before it; as they lie in memory, which is little-endian wherever VS Code runs. */
export function packColumns(columns: readonly Column[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const { byteLength } of columns) length += 4 + byteLength;
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of columns) {
    view.setUint32(at, byteLength, true);
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), at + 4);
    at += 4 + byteLength;
  }
  return packed;
}
