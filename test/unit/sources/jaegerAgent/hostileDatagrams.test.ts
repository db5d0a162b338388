import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeDatagram } from '../../../../src/sources/jaegerAgent/decodeDatagram';
import { assertSound } from '../../core/decode/assertSound';
import { capturedDatagram, emitBatchWith } from './datagrams';

const samples = [capturedDatagram('article'), capturedDatagram('everything')] as const;
const sample = fc.constantFrom(...samples);

/** Sound whatever the bytes, in a time and with problems that do not grow with them. */
function assertBounded(datagram: Uint8Array): void {
  const startMs = performance.now();
  const result = decodeDatagram(datagram);
  assert.ok(performance.now() - startMs < 2000, 'it takes no time to speak of');
  assertSound(result);
  assert.ok(result.problems.length <= 20);
}

describe('decodeDatagram on hostile bytes', () => {
  it('is sound on any bytes, with and without the head of a call', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, (body) => {
        assertBounded(body);
        assertBounded(emitBatchWith([...body]));
        assertBounded(emitBatchWith([0x1c, 0x29, 0xfc, ...body]));
      }),
      { numRuns: 500 },
    );
  });

  it('is sound on real datagrams with bytes changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(sample, changes, (datagram, places) => {
        const changed = Buffer.from(datagram);
        for (const [at, byte] of places) changed[at % changed.length] = byte;
        assertBounded(changed);
      }),
      { numRuns: 1500 },
    );
  }).timeout(20_000);

  it('is sound on real datagrams with pieces taken out, doubled or exchanged', () => {
    fc.assert(
      fc.property(sample, sample, fc.nat(), fc.nat(), fc.nat(), (a, b, i, j, k) => {
        const head = a.subarray(0, i % a.length);
        const piece = b.subarray(Math.min(j, k) % b.length, Math.max(j, k) % b.length);
        assertBounded(Buffer.concat([head, piece, a.subarray(j % a.length)]));
      }),
      { numRuns: 1000 },
    );
  }).timeout(20_000);

  it('reads nothing of a real datagram that is cut anywhere', () => {
    for (const datagram of samples) {
      for (let length = 0; length < datagram.length; length++) {
        assert.equal(decodeDatagram(datagram.subarray(0, length)).fault, 'broken', `cut at ${length}`);
      }
    }
  }).timeout(20_000);
});
