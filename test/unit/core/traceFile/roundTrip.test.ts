import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeJaegerTrace } from '../../../../src/core/jaeger/decodeJaegerTrace';
import { decodeOtlpResourceSpans } from '../../../../src/core/otlp/decodeOtlpJson';
import type { Attributes, AttributeValue, Span } from '../../../../src/core/trace/span';
import type { Trace } from '../../../../src/core/trace/trace';
import { encodeJaegerTrace, jaegerJsonText } from '../../../../src/core/traceFile/encodeJaegerJson';
import { otlpJsonText } from '../../../../src/core/traceFile/encodeOtlpJson';
import { jaegerResourceSpans, jaegerTraces } from '../jaegerSample';
import { type SpanDraft, traceId, traceOf } from '../spanOf';
import { decodedFile } from './decoded';

const viaJaeger = (traces: readonly Trace[]) => decodedFile([...jaegerJsonText(traces)].join('')).traces;
const viaOtlp = (traces: readonly Trace[]) => decodedFile([...otlpJsonText(traces)].join('')).traces;

const samples = [...jaegerTraces('otlp-trace.api.json'), ...jaegerTraces('thrift-traces.api.json')];
const fromJaeger = samples.flatMap((json) => decodeJaegerTrace(json).traces);
const fromOtlp = decodeOtlpResourceSpans(jaegerResourceSpans()).traces;

/** Tags that stand for a field: one of the formats has them. */
const standIn = /^(error|span\.kind|otel\.status_(code|description))$/;

/** A span without what only one of the two formats has. */
function facts(span: Span): unknown {
  const without = (attributes: Attributes, key: RegExp) =>
    new Map([...attributes].filter(([name]) => !key.test(name)));
  return {
    ...span,
    attributes: without(span.attributes, standIn),
    resource: without(span.resource, /^service\.name$/),
    warnings: [],
  };
}

const factsOf = (traces: readonly Trace[]) => traces.map(({ spans }) => spans.map(facts));

const key = fc.string({ maxLength: 8 }).filter((text) => !standIn.test(text) && text !== 'event');
const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  // JSON.stringify writes -0 as 0.
  number.map((any) => (any === 0 ? 0 : any)),
);
const attributes = fc.dictionary(key, value, { maxKeys: 4 });
const timeUs = fc.integer({ min: 0, max: 2 ** 51 });
const plain = { noNullPrototype: true } as const;
const span: fc.Arbitrary<SpanDraft> = fc.record(
  {
    id: fc.integer({ min: 1, max: 8 }),
    parent: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }) as fc.Arbitrary<number>,
    name: fc.string({ unit: 'grapheme' }),
    kind: fc.constantFrom('unspecified', 'internal', 'server', 'client', 'producer', 'consumer'),
    service: fc.constantFrom('a', 'b ☃'),
    resource: attributes.map((entries) => new Map(Object.entries(entries))),
    startTimeUs: timeUs,
    durationUs: fc.integer({ min: 0, max: 2 ** 40 }),
    status: fc.constantFrom('unset', 'ok', 'error'),
    statusMessage: fc.option(fc.string(), { nil: undefined }),
    attributes,
    events: fc.array(
      fc.record(
        {
          name: fc.string(),
          timeUs,
          attributes: attributes.map((entries) => new Map(Object.entries(entries))),
        },
        plain,
      ),
      { maxLength: 2 },
    ),
    links: fc.array(
      fc.integer({ min: 20, max: 30 }).map((id) => ({ traceId: traceId(id), spanId: '00000000000000ff' })),
      { maxLength: 2 },
    ),
  },
  plain,
);
const traces = fc
  .array(fc.array(span, { minLength: 1, maxLength: 5 }), { maxLength: 3 })
  .map((drafts) => drafts.map((spans, i) => traceOf(spans, i + 1)));

describe('exporting and importing again', () => {
  it('gives the same traces of a real Jaeger, in the form that they came in', () => {
    assert.deepEqual(viaJaeger(fromJaeger), fromJaeger);
    assert.deepEqual(viaOtlp(fromOtlp), fromOtlp);
  });

  it('gives the same in the other form, but for tags that stand for fields', () => {
    assert.deepEqual(factsOf(viaOtlp(fromJaeger)), factsOf(fromJaeger));
    assert.deepEqual(factsOf(viaJaeger(fromOtlp)), factsOf(fromOtlp));
  });

  it('gives the same facts of any traces, and exactly the same from then on', () => {
    fc.assert(
      fc.property(traces, (any) => {
        for (const via of [viaJaeger, viaOtlp]) {
          const once = via(any);
          assert.deepEqual(factsOf(once), factsOf(any));
          assert.deepEqual(via(once), once);
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('writes the shape of Jaeger’s own answers', () => {
    for (const json of samples) {
      const [trace] = decodeJaegerTrace(json).traces;
      assert.ok(trace);
      assert.deepEqual(shape(encodeJaegerTrace(trace)), shape(json));
    }
  });
});

/** The keys and the types of JSON, each once. */
function shape(json: unknown, path = '', found = new Set<string>()): readonly string[] {
  if (Array.isArray(json)) for (const element of json) shape(element, `${path}[]`, found);
  else if (typeof json === 'object' && json !== null) {
    for (const [name, inner] of Object.entries(json)) {
      // A value may be of any type; whether a span has warnings or links is its own matter.
      if (name !== 'value') shape(inner, `${path}.${/^p\d+$/.test(name) ? 'p' : name}`, found);
    }
  } else found.add(`${path}: ${json === null ? 'null' : typeof json}`);
  return [...found].sort();
}
