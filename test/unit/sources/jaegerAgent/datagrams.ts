import { readFileSync } from 'node:fs';

/** A datagram of the real Python exporter; test/fixtures/thrift/capture.py says what is in it. */
export function capturedDatagram(name: 'article' | 'everything'): Buffer {
  return readFileSync(new URL(`../../../fixtures/thrift/${name}.bin`, import.meta.url));
}

/** A call of `emitBatch` up to the place where the bytes of the argument struct begin. */
export function emitBatchWith(bytes: readonly number[], procedure = 'emitBatch'): Buffer {
  return Buffer.concat([
    Buffer.from([0x82, 0x81, 0, procedure.length]),
    Buffer.from(procedure),
    Buffer.from(bytes),
  ]);
}
