import assert from 'node:assert/strict';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { crc32 } from '../../../../src/core/archive/crc32';
import {
  headerBytes,
  readRecords,
  recordHeader,
  recordKinds,
} from '../../../../src/core/archive/recordFrame';

const { spans, minutes } = recordKinds;
const framed = (payload: Uint8Array, timeMs = 1.5) => [recordHeader(spans, timeMs, payload), payload];
const fileOf = (payloads: readonly Uint8Array[]) =>
  new Uint8Array(Buffer.concat(payloads.flatMap((payload) => framed(payload))));
const read = (bytes: Uint8Array) => readRecords(bytes, spans).records.map(({ payload }) => [...payload]);
const payloadsArbitrary = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 6 });
const someArbitrary = fc.array(fc.uint8Array({ maxLength: 30 }), { minLength: 1, maxLength: 6 });

/** Where a record begins and ends in a file of all of them. */
function places(payloads: readonly Uint8Array[]) {
  let at = 0;
  return payloads.map(({ length }) => {
    const from = at;
    at += headerBytes + length;
    return { from, to: at };
  });
}

describe('records in a file', () => {
  it('have the CRC that everybody computes', () => {
    assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.equal(crc32(bytes), zlibCrc32(bytes))));
  });

  it('are read as they were written, with their time', () => {
    fc.assert(
      fc.property(payloadsArbitrary, (payloads) => {
        const { records, lostBytes } = readRecords(fileOf(payloads), spans);
        assert.deepEqual(
          records.map(({ payload }) => payload),
          payloads,
        );
        assert.ok(records.every(({ timeMs }) => timeMs === 1.5));
        assert.equal(lostBytes, 0);
      }),
    );
  });

  it('that are whole are read, wherever the file ends', () => {
    fc.assert(
      fc.property(payloadsArbitrary, (payloads) => {
        const bytes = fileOf(payloads);
        const at = places(payloads);
        for (let end = 0; end <= bytes.length; end++) {
          const whole = payloads.filter((_, i) => (at[i]?.to ?? 0) <= end);
          assert.deepEqual(
            read(bytes.subarray(0, end)),
            whole.map((payload) => [...payload]),
          );
        }
      }),
      { numRuns: 50 },
    );
  }).timeout(20_000);

  it('are all read but the one in which a bit was flipped', () => {
    fc.assert(
      fc.property(someArbitrary, fc.nat(), fc.nat(7), (payloads, where, bit) => {
        const bytes = fileOf(payloads);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const whole = payloads.filter((_, i) => {
          const { from, to } = places(payloads)[i] ?? assert.fail();
          return at < from || at >= to;
        });
        assert.deepEqual(
          read(bytes),
          whole.map((payload) => [...payload]),
        );
        assert.ok(readRecords(bytes, spans).lostBytes >= headerBytes);
      }),
      { numRuns: 1000 },
    );
  }).timeout(20_000);

  it('are found behind what another left there, and before it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        payloadsArbitrary,
        fc.uint8Array(),
        (torn, payloads, end) => {
          const bytes = new Uint8Array(Buffer.concat([torn, fileOf(payloads), end]));
          assert.deepEqual(
            read(bytes),
            payloads.map((payload) => [...payload]),
          );
        },
      ),
    );
  });

  it('of other kinds, and of versions to come, are passed over', () => {
    const payload = Uint8Array.of(1, 2, 3);
    const other = Buffer.concat([recordHeader(minutes, 1, payload), payload]);
    const bytes = new Uint8Array(Buffer.concat([fileOf([payload]), other, fileOf([payload])]));
    assert.deepEqual(read(bytes), [
      [1, 2, 3],
      [1, 2, 3],
    ]);
    assert.equal(readRecords(bytes, minutes).records.length, 1);
  });

  it('are never read of a payload that is one record after the other by design', () => {
    const inner = fileOf([Uint8Array.of(1)]);
    assert.deepEqual(read(fileOf([inner, Uint8Array.of(2)])), [[...inner], [2]]);
  });

  it('cost no more than once through the file when their headers lie', () => {
    // Headers that all say that their payload goes to the end of the file.
    const count = 20_000;
    const bytes = new Uint8Array(count * headerBytes);
    for (let i = 0; i < count; i++) {
      const rest = new Uint8Array(bytes.buffer, (i + 1) * headerBytes);
      const header = recordHeader(spans, 0, new Uint8Array(0));
      const view = new DataView(header.buffer);
      view.setUint32(4, rest.length, true);
      view.setUint32(16, 12345, true);
      view.setUint32(20, crc32(header.subarray(0, 20)), true);
      bytes.set(header, i * headerBytes);
    }
    assert.deepEqual(readRecords(bytes, spans), { records: [], lostBytes: bytes.length });
  }).timeout(5_000);
});
