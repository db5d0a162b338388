import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { countProblems, type ProblemCount } from '../../../../src/core/decode/problemCount';
import { decodeOtlpBlock } from '../../../../src/core/otlp/decodeOtlpBlock';
import { decodeOtlpProtobuf } from '../../../../src/core/otlp/decodeOtlpProtobuf';
import { defaultOtlpLimits } from '../../../../src/core/otlp/otlpLimits';
import { shortenTexts } from '../../../../src/sources/otlpReceiver/shortenTexts';
import { plainTrace } from '../columns/plain';
import { assertSound } from '../decode/assertSound';
import { jaegerResourceSpans } from '../jaegerSample';
import { resourceSpansArbitrary } from './otlpArbitrary';
import { encodeOtlp, type Json } from './otlpEncoder';

const limits = { ...defaultOtlpLimits, maxTextLength: 1000 };
const traceId = 'ab'.repeat(16);
const spanOf = (id: number, more: Json = {}): Json => ({
  traceId,
  spanId: id.toString(16).padStart(16, '0'),
  name: `span ${id}`,
  ...{ startTimeUnixNano: '1795374137992045888', endTimeUnixNano: '1795374137996370969' },
  ...more,
});
const request = (...spans: Json[]) => encodeOtlp([{ scopeSpans: [{ spans }] }]);
const sample = () => encodeOtlp(JSON.parse(JSON.stringify(jaegerResourceSpans())));
const inOrder = (problems: readonly ProblemCount[]) =>
  [...problems].sort((a, b) => (a.what < b.what ? -1 : 1));

/** What the plain decoder makes of a message, in the same form. */
function plainly(bytes: Uint8Array, maxTextLength = limits.maxTextLength) {
  const { traces, problems } = shortenTexts(decodeOtlpProtobuf(bytes, limits), maxTextLength);
  const whats = problems.map(({ what }) => what);
  if (whats.includes('the message is cut or broken')) return 'broken';
  if (whats.includes('the message has too many parts')) return 'too-large';
  const block = blockOf(traces);
  return {
    traces: sorted(traces.map(plainTrace)),
    fingerprints: Array.from(block.traces.fingerprint).sort(),
    spans: block.spans.id.length,
    problems: inOrder(countProblems(problems)),
  };
}

function inColumns(bytes: Uint8Array, maxTextLength = limits.maxTextLength) {
  const decoded = decodeOtlpBlock(bytes, { ...limits, maxTextLength });
  if (decoded.fault !== undefined) return decoded.fault;
  const blocks = decoded.block ? [decoded.block] : [];
  return {
    traces: sorted(tracesOf(blocks).map(plainTrace)),
    fingerprints: blocks.flatMap((block) => Array.from(block.traces.fingerprint)).sort(),
    spans: decoded.spans,
    problems: inOrder(decoded.problems),
  };
}

function withoutPrints(decoded: ReturnType<typeof inColumns>) {
  return typeof decoded === 'string' ? decoded : { ...decoded, fingerprints: [] };
}

const sorted = <T extends { readonly traceId: string }>(traces: readonly T[]) =>
  [...traces].sort((a, b) => (a.traceId < b.traceId ? -1 : 1));

describe('OTLP’s protobuf in columns', () => {
  it('is what the plain decoder reads, of a real trace', () => {
    const decoded = inColumns(sample());
    assert.deepEqual(decoded, plainly(sample()));
    assert.ok(typeof decoded === 'object' && decoded.spans === 6);
  });

  it('is what the plain decoder reads, of any spans', () => {
    fc.assert(
      fc.property(resourceSpansArbitrary, fc.constantFrom(1000, 40), (elements, maxTextLength) => {
        const bytes = encodeOtlp(elements);
        assert.deepEqual(inColumns(bytes, maxTextLength), plainly(bytes, maxTextLength));
      }),
      { numRuns: 500 },
    );
  }).timeout(30_000);

  it('has spans trace by trace, however they are mixed in the message', () => {
    const mixed = request(
      ...Array.from({ length: 40 }, (_, i) => spanOf(i + 1, { traceId: `${10 + (i % 7)}`.repeat(16) })),
    );
    assert.deepEqual(inColumns(mixed), plainly(mixed));
  });

  it('has of a span that comes again the longest, with what belongs to it', () => {
    const endTimeUnixNano = (us: number) => ({
      endTimeUnixNano: `${1_795_374_137_992_045n + BigInt(us)}888`,
    });
    const attributes = (value: string) => ({ attributes: [{ key: 'a', value: { stringValue: value } }] });
    const events = [{ name: 'event', timeUnixNano: '1795374137992045888' }];
    const again = request(
      spanOf(1, { ...endTimeUnixNano(5), ...attributes('first') }),
      spanOf(2),
      spanOf(1, { ...endTimeUnixNano(9), ...attributes('longest'), events }),
      spanOf(1, { ...endTimeUnixNano(9), ...attributes('no longer') }),
      spanOf(3, { spanId: 'no' }),
    );
    const decoded = inColumns(again);
    assert.deepEqual(decoded, plainly(again));
    assert.ok(typeof decoded === 'object');
    assert.deepEqual(decoded.problems, [
      { what: 'a span has no trace id or span id', count: 1 },
      { what: 'a span id is repeated', count: 2 },
    ]);
  });

  it('is none when the message has no spans, or none that can be read', () => {
    for (const bytes of [Buffer.alloc(0), request(), request(spanOf(1, { traceId: 'ab' }))])
      assert.equal(decodeOtlpBlock(bytes, limits).fault, undefined);
    const decoded = decodeOtlpBlock(request(spanOf(1, { traceId: 'ab' })), limits);
    assert.ok(decoded.fault === undefined && decoded.block === undefined && decoded.problems.length === 1);
  });

  it('is refused beyond the limits, and when it is no such message', () => {
    const many = request(...Array.from({ length: 20 }, (_, i) => spanOf(i + 1)));
    assert.equal(decodeOtlpBlock(many, { ...limits, maxSpans: 19 }).fault, 'too-large');
    assert.equal(decodeOtlpBlock(many, { ...limits, maxSpans: 20 }).fault, undefined);
    assert.equal(decodeOtlpBlock(many, { ...limits, maxFields: 60 }).fault, 'too-large');
    assert.equal(decodeOtlpBlock(Buffer.alloc(8_100_000, Buffer.from([0x0a, 0])), limits).fault, 'too-large');
    for (const text of ['{"resourceSpans":[]}', '<html></html>', 'x'])
      assert.equal(decodeOtlpBlock(Buffer.from(text), limits).fault, 'broken', text);
  });
});

describe('OTLP’s protobuf in columns, of bad bytes', () => {
  it('is what the plain decoder reads, or both say why not', () => {
    const bytes = sample();
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(0xff, 0x80, 0x0b, 0x7f, 0x0a)),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const changed = Buffer.from(bytes);
        for (const [at, byte] of changes) changed[at] = byte;
        // Of what is no UTF-8 the bytes are kept here, and U+FFFD there: it reads the same.
        assert.deepEqual(withoutPrints(inColumns(changed)), withoutPrints(plainly(changed)));
      }),
      { numRuns: 1000 },
    );
  }).timeout(30_000);

  it('is sound on random ones, and on a real message that is cut anywhere', () => {
    const assertTaken = (bytes: Uint8Array) => {
      const decoded = decodeOtlpBlock(bytes, limits);
      if (decoded.fault === undefined && decoded.block)
        assertSound({ traces: tracesOf([decoded.block]), problems: [] });
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), assertTaken), { numRuns: 500 });
    const bytes = sample();
    for (let length = 0; length < bytes.length; length += 3) assertTaken(bytes.subarray(0, length));
  }).timeout(20_000);
});
