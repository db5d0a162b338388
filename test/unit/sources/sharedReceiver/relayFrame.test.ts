import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type AcceptedBody, bodyForms } from '../../../../src/sources/otlpReceiver/acceptedBody';
import { RelayReader, relayHeader } from '../../../../src/sources/sharedReceiver/relayFrame';

const bodies = fc.array(
  fc.record(
    {
      form: fc.constantFrom(...bodyForms),
      bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 12 },
);
const encode = (all: readonly AcceptedBody[]) =>
  Buffer.concat(all.flatMap((body) => [relayHeader(body), body.bytes]));

/** Cuts bytes at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...at].map((start, index) => bytes.subarray(start, at[index] ?? bytes.length));
}

describe('a stream of bodies', () => {
  it('is read as it was written, wherever it is cut on its way', () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(), { maxLength: 40 }), (written, places) => {
        const reader = new RelayReader();
        const read = cut(encode(written), places).flatMap((chunk) => reader.push(chunk));
        assert.deepEqual(read, written);
      }),
    );
  });

  it('is read or refused, whatever it is: never more than came, and nothing that is too long', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 }), (chunks) => {
        const reader = new RelayReader(100);
        let came = 0;
        let read = 0;
        try {
          for (const chunk of chunks) {
            came += chunk.length;
            for (const { bytes } of reader.push(Buffer.from(chunk))) {
              assert.ok(bytes.length <= 100);
              read += bytes.length + 5;
            }
          }
        } catch (error) {
          assert.match(String(error), /no stream of a Whyspan window/);
        }
        assert.ok(read <= came);
      }),
    );
  });

  it('is refused before a body that is too long has come', () => {
    const header = relayHeader({ form: 'json', bytes: Buffer.alloc(101) });
    assert.throws(() => new RelayReader(100).push(header), /no stream/);
    assert.deepEqual(new RelayReader(101).push(header), []);
  });
});
