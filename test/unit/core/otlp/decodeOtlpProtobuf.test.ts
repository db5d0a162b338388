import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { PbfWriter } from 'pbf';
import { decodeOtlpResourceSpans } from '../../../../src/core/otlp/decodeOtlpJson';
import { decodeOtlpProtobuf } from '../../../../src/core/otlp/decodeOtlpProtobuf';
import { defaultOtlpLimits } from '../../../../src/core/otlp/otlpLimits';
import { assertSound } from '../decode/assertSound';
import { jaegerResourceSpans } from '../jaegerSample';
import { resourceSpansArbitrary } from './otlpArbitrary';
import { encodeOtlp, type Json } from './otlpEncoder';

const traceId = 'ab'.repeat(16);
const times = { startTimeUnixNano: '1795374137992045888', endTimeUnixNano: '1795374137996370969' };
const spanOf = (more: Json = {}): Json => ({
  traceId,
  spanId: '00000000000000ab',
  name: 'op',
  ...times,
  ...more,
});
const request = (...spans: Json[]) => encodeOtlp([{ scopeSpans: [{ spans }] }]);
const whats = (bytes: Uint8Array, limits = defaultOtlpLimits) =>
  decodeOtlpProtobuf(bytes, limits).problems.map(({ what }) => what);
const attributeOf = (value: Json) =>
  decodeOtlpProtobuf(
    request(spanOf({ attributes: [{ key: 'a', value }] })),
  ).traces[0]?.spans[0]?.attributes.get('a');
const sample = () => encodeOtlp(JSON.parse(JSON.stringify(jaegerResourceSpans())));

describe('decodeOtlpProtobuf', () => {
  it('reads from protobuf what the JSON decoder reads from JSON, of a real trace', () => {
    const elements = jaegerResourceSpans();
    const decoded = decodeOtlpProtobuf(sample());
    assert.equal(decoded.traces[0]?.spans.length, 6);
    assert.deepEqual(decoded, decodeOtlpResourceSpans(elements));
  });

  it('reads from protobuf what the JSON decoder reads from JSON, of any spans', () => {
    fc.assert(
      fc.property(resourceSpansArbitrary, (elements) =>
        assert.deepEqual(decodeOtlpProtobuf(encodeOtlp(elements)), decodeOtlpResourceSpans(elements)),
      ),
      { numRuns: 200 },
    );
  }).timeout(20_000);

  it('counts microseconds from exact nanoseconds', () => {
    for (const nanos of [
      '1795374137992045999',
      '1795374137992046000',
      '1795374137992046001',
      '9007199254740991999',
    ]) {
      const span = decodeOtlpProtobuf(request(spanOf({ startTimeUnixNano: nanos }))).traces[0]?.spans[0];
      assert.equal(span?.startTimeUs, Number(BigInt(nanos) / 1000n), nanos);
    }
  });

  it('knows the resource wherever it comes', () => {
    const writer = new PbfWriter();
    const service = encodeOtlp([
      { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'late' } }] } },
    ]).subarray(2);
    const spans = encodeOtlp([{ scopeSpans: [{ spans: [spanOf()] }] }]);
    // Both are below 128 bytes: their content starts after a tag and a length of a byte each.
    writer.writeBytesField(1, Buffer.concat([spans.subarray(2), service]));
    assert.equal(decodeOtlpProtobuf(writer.finish()).traces[0]?.spans[0]?.service, 'late');
  });

  it('stops at 32 lists within lists, and needs no stack for a million', () => {
    let value: Json = { intValue: '1' };
    for (let i = 0; i < 40; i++) value = { arrayValue: { values: [value] } };
    const json = decodeOtlpResourceSpans([
      { scopeSpans: [{ spans: [spanOf({ attributes: [{ key: 'a', value }] })] }] },
    ]);
    assert.equal(attributeOf(value), json.traces[0]?.spans[0]?.attributes.get('a'));
    const deep = Buffer.alloc(1_000_000, Buffer.from([0x0a, 0x80, 0x89, 0x3d]));
    assertSound(decodeOtlpProtobuf(deep));
  });

  it('takes a broken span for itself, and a cut message as far as it goes', () => {
    const good = request(spanOf());
    const broken = request(spanOf({ spanId: '00000000000000cd', name: 'longer than the rest' }));
    broken[broken.indexOf(0x2a) + 1] = 0x7f;
    const both = decodeOtlpProtobuf(Buffer.concat([broken, good]));
    assert.deepEqual([both.traces[0]?.spans.length, both.problems[0]?.what], [1, 'a span is cut or broken']);
    const cut = decodeOtlpProtobuf(Buffer.concat([good, good]).subarray(0, good.length * 2 - 5));
    assert.equal(cut.traces[0]?.spans.length, 1);
    assert.ok(cut.problems.some(({ what }) => what === 'the message is cut or broken'));
  });

  it('passes over unknown fields and known ones of a wrong wire type', () => {
    const writer = new PbfWriter();
    writer.writeVarintField(99, 7);
    writer.writeStringField(100, 'new');
    writer.writeFixed32Field(1, 5);
    writer.writeDoubleField(101, 5);
    const bytes = Buffer.concat([writer.finish(), request(spanOf())]);
    assert.deepEqual([decodeOtlpProtobuf(bytes).traces.length, whats(bytes)], [1, []]);
  });

  it('stops at its limits, and says so', () => {
    const many = request(
      ...Array.from({ length: 20 }, (_, i) => spanOf({ spanId: `${1000 + i}`.padStart(16, '0') })),
    );
    const limited = decodeOtlpProtobuf(many, { ...defaultOtlpLimits, maxSpans: 10 });
    assert.deepEqual([limited.traces[0]?.spans.length, limited.problems.length], [10, 1]);
    assert.deepEqual(whats(many, { ...defaultOtlpLimits, maxFields: 50 }), [
      'the message has too many parts',
    ]);
    const tiny = Buffer.alloc(16_000_000, Buffer.from([0x0a, 0]));
    assert.deepEqual(whats(tiny), ['the message has too many parts']);
  });

  it('says that bytes of another kind are broken', () => {
    for (const text of ['{"resourceSpans":[]}', '<html></html>', 'x']) {
      assert.ok(whats(Buffer.from(text)).includes('the message is cut or broken'), text);
    }
    assert.deepEqual(decodeOtlpProtobuf(new Uint8Array()), { traces: [], problems: [] });
    assert.deepEqual(whats(Buffer.alloc(12, 0xff)), ['the message is cut or broken']);
  });
});

describe('decodeOtlpProtobuf and bad bytes', () => {
  it('never throws on random ones', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => assertSound(decodeOtlpProtobuf(bytes))),
      { numRuns: 500 },
    );
  });

  it('never throws on a real message that is cut anywhere', () => {
    const bytes = sample();
    for (let length = 0; length < bytes.length; length += 3) {
      assertSound(decodeOtlpProtobuf(bytes.subarray(0, length)));
    }
  });

  it('never throws on a real message with changed bytes', () => {
    const bytes = sample();
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(0xff, 0x80, 0x0b, 0x7f)),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const changed = Buffer.from(bytes);
        for (const [at, byte] of changes) changed[at] = byte;
        assertSound(decodeOtlpProtobuf(changed));
      }),
      { numRuns: 500 },
    );
  }).timeout(20_000);
});
