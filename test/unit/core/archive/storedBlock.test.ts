import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { composeBlocks } from '../../../../src/core/archive/composeBlocks';
import { decodeBlock } from '../../../../src/core/archive/decodeBlock';
import { encodeBlock } from '../../../../src/core/archive/encodeBlock';
import { nameMatcher } from '../../../../src/core/archive/nameMatcher';
import { BlockBuilder } from '../../../../src/core/columns/blockBuilder';
import type { SpanBlock } from '../../../../src/core/columns/spanBlock';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { plainTrace } from '../columns/plain';
import { tracesArbitrary } from '../columns/traceArbitrary';
import { traceOf } from '../spanOf';

const plain = (blocks: readonly SpanBlock[]) => tracesOf(blocks).map(plainTrace);

function decoded(payload: Uint8Array): SpanBlock | undefined {
  const builder = new BlockBuilder();
  return decodeBlock(payload, builder) ? builder.take() : undefined;
}

/** A block that was read is to be readable: whatever the columns say, nothing of it leaves them. */
function readAll(block: SpanBlock): void {
  for (const { spans } of plain([block])) for (const { events } of spans) events.map(({ name }) => name);
}

describe('a stored block', () => {
  it('gives back what was stored, with what is told from it', () => {
    fc.assert(
      fc.property(tracesArbitrary, (traces) => {
        const block = blockOf(traces);
        const read = decoded(encodeBlock(block));
        assert.ok(read);
        assert.deepEqual(plain([read]), traces.map(plainTrace));
        assert.deepEqual(read.traces.fingerprint, block.traces.fingerprint);
        assert.deepEqual([read.spans.site, read.sites.line], [block.spans.site, block.sites.line]);
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('is none when its bytes are any others, and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decoded(bytes)));
    fc.assert(
      fc.property(tracesArbitrary, fc.nat(), (traces, at) => {
        const payload = encodeBlock(blockOf(traces));
        assert.equal(decoded(payload.subarray(0, at % payload.length)), undefined);
      }),
    );
  }).timeout(20_000);

  it('can be read, or is none, whatever of it was changed', () => {
    fc.assert(
      fc.property(
        tracesArbitrary,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        (traces, changes) => {
          const payload = encodeBlock(blockOf(traces));
          for (const [at, byte] of changes) payload[at % payload.length] = byte;
          const read = decoded(payload);
          if (read) readAll(read);
        },
      ),
      { numRuns: 2000 },
    );
  }).timeout(30_000);
});

describe('composed blocks', () => {
  const spans = (count: number, id: number) =>
    traceOf(
      Array.from({ length: count }, (_, i) => ({ id: i + 1 })),
      id,
    );

  it('hold the same traces', () => {
    fc.assert(
      fc.property(fc.array(tracesArbitrary, { maxLength: 4 }), (lists) => {
        const blocks = lists.map(blockOf);
        assert.deepEqual(plain([...composeBlocks(blocks, undefined)]), plain(blocks));
      }),
    );
  }).timeout(20_000);

  it('are few of many small ones, and the same where they are large', () => {
    const small = Array.from({ length: 40 }, (_, i) => blockOf([spans(3, i + 1)]));
    const large = blockOf([spans(100, 50)]);
    const composed = [...composeBlocks([...small, large], undefined)];
    assert.deepEqual(
      composed.map((block) => block.spans.id.length),
      [100, 120],
    );
    assert.equal(composed[0], large);
  });

  it('are many of one that is very large', () => {
    const huge = blockOf(Array.from({ length: 50 }, (_, i) => spans(100, i + 1)));
    const composed = [...composeBlocks([huge], undefined)];
    assert.deepEqual(
      composed.map((block) => block.spans.id.length),
      [2100, 2100, 800],
    );
    assert.deepEqual(plain(composed), plain([huge]));
  });

  it('have nothing of the attributes that are left out, of spans, events and resources', () => {
    const secret = 'Bearer 9b1deb4d';
    const attributes = { 'http.request.header.authorization': secret, kept: 1 };
    const trace = traceOf([
      {
        attributes,
        resource: new Map(Object.entries(attributes)),
        events: [{ name: 'sent', timeUs: 5, attributes: new Map(Object.entries(attributes)) }],
      },
    ]);
    const [composed] = composeBlocks([blockOf([trace])], nameMatcher(['*.AUTHORIZATION']));
    assert.ok(composed);
    const text = new TextDecoder().decode(composed.texts.bytes);
    assert.ok(!text.includes(secret) && !text.includes('authorization'), text);
    const [span] = plain([composed])[0]?.spans ?? [];
    const left = new Map([['kept', 1]]);
    assert.deepEqual([span?.attributes, span?.resource, span?.events[0]?.attributes], [left, left, left]);
  });
});
