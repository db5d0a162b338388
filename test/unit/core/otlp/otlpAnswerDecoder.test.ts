import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { SpanBlock } from '../../../../src/core/columns/spanBlock';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { decodeOtlpResourceSpans } from '../../../../src/core/otlp/decodeOtlpJson';
import { OtlpAnswerDecoder } from '../../../../src/core/otlp/otlpAnswerDecoder';
import { plainTrace } from '../columns/plain';
import { assertSound } from '../decode/assertSound';
import { mutatedJson } from '../decode/mutatedJson';
import { jaegerSampleText } from '../jaegerSample';

const text = jaegerSampleText('otlp-trace.api-v3.json');
const everything = { service: '', attributes: {} };

function decode(
  bytes: Uint8Array,
  chunk = 997,
  kept: ConstructorParameters<typeof OtlpAnswerDecoder>[0]['kept'] = everything,
) {
  const blocks: SpanBlock[] = [];
  const decoder = new OtlpAnswerDecoder({ onBlock: (block) => blocks.push(block), kept });
  for (let at = 0; at < bytes.length; at += chunk) decoder.push(bytes.subarray(at, at + chunk));
  return { ...decoder.end(), traces: tracesOf(blocks).map(plainTrace) };
}

describe('the decoder of answers of /api/v3', () => {
  it('gives what decoding the whole answer at once gives, however it is cut into chunks', () => {
    const { result } = JSON.parse(text);
    const expected = decodeOtlpResourceSpans(result.resourceSpans);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (chunk) => {
        const { traces, problems, count } = decode(Buffer.from(text), chunk);
        assert.deepEqual(
          traces.sort((a, b) => (a.traceId < b.traceId ? -1 : 1)),
          expected.traces.map(plainTrace).sort((a, b) => (a.traceId < b.traceId ? -1 : 1)),
        );
        assert.deepEqual([problems, count], [expected.problems, expected.traces.length]);
      }),
      { numRuns: 20 },
    );
  });

  it('counts all, and keeps those with a span of the service that has the attributes', () => {
    const all = decode(Buffer.from(text));
    const span = all.traces.flatMap(({ spans }) => spans).find(({ attributes }) => attributes.size > 0);
    assert.ok(span);
    const [[key, value] = ['', '']] = span.attributes;
    const some = decode(Buffer.from(text), 997, {
      service: span.service,
      attributes: { [key]: String(value) },
    });
    assert.ok(some.traces.some(({ traceId }) => traceId === span.traceId));
    const none = decode(Buffer.from(text), 997, {
      service: span.service,
      attributes: { [key]: 'nobody has this' },
    });
    assert.deepEqual([none.traces.length, none.count, some.count], [0, all.count, all.count]);
  });

  it('gives nothing of an answer that was cut, since spans of a trace may be in the rest', () => {
    const { count, traces, isTruncated } = decode(Buffer.from(text.slice(0, text.length / 2)));
    assert.deepEqual([count, traces.length, isTruncated], [0, 0, true]);
  });

  it('stops at what is no JSON', () => {
    const { isBroken, traces } = decode(Buffer.from('{"result":{"resourceSpans":[{oops},{}]}}'));
    assert.deepEqual([isBroken, traces], [true, []]);
  });

  it('never throws on an answer that was changed', () => {
    fc.assert(
      fc.property(mutatedJson(JSON.parse(text)), (changed) =>
        assertSound(decode(Buffer.from(JSON.stringify(changed) ?? ''))),
      ),
      { numRuns: 100 },
    );
  });
});
