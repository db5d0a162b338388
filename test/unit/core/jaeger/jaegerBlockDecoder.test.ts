import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { BlockView } from '../../../../src/core/columns/blockView';
import type { SpanBlock } from '../../../../src/core/columns/spanBlock';
import { decodeJaegerTrace } from '../../../../src/core/jaeger/decodeJaegerTrace';
import {
  type BlockDecoderOptions,
  JaegerBlockDecoder,
  jaegerLandmark,
} from '../../../../src/core/jaeger/jaegerBlockDecoder';
import { KnownTraces } from '../../../../src/core/jaeger/knownTraces';
import type { Trace } from '../../../../src/core/trace/trace';
import { jaegerJsonText } from '../../../../src/core/traceFile/encodeJaegerJson';
import { plainTrace } from '../columns/plain';
import { tracesArbitrary } from '../columns/traceArbitrary';
import { mutatedJson } from '../decode/mutatedJson';
import { jaegerSampleText, jaegerTraces } from '../jaegerSample';

/** Decodes a text that arrives in chunks of a size. */
function decode(text: string | Uint8Array, size = 4096, options: Omit<BlockDecoderOptions, 'onBlock'> = {}) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const traces: Trace[] = [];
  const onBlock = (block: SpanBlock) => {
    const view = new BlockView(block);
    for (let i = 0; i < view.traceCount; i++) traces.push(plainTrace(view.trace(i)));
  };
  const decoder = new JaegerBlockDecoder({ onBlock, ...options });
  for (let at = 0; at < bytes.length; at += size) decoder.push(bytes.slice(at, at + size));
  return { traces, ...decoder.end() };
}

/** What JSON.parse and the slow decoder make of the same text. */
function expected(text: string) {
  // A changed byte may have made another key of “data”: then it is JSON without traces.
  const decoded = (JSON.parse(text).data ?? []).map(decodeJaegerTrace);
  return {
    traces: decoded.flatMap(({ traces }: { traces: Trace[] }) => traces.map(wellFormed)),
    problems: decoded.flatMap(({ problems }: { problems: unknown[] }) => problems),
  };
}

/** UTF-8 has no halves of surrogate pairs. */
function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return Buffer.from(value).toString() as T & string;
  if (Array.isArray(value)) return value.map(wellFormed) as T & unknown[];
  if (value instanceof Map) return new Map([...value].map(wellFormed)) as T & Map<unknown, unknown>;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wellFormed(each)])) as T &
    object;
}

const assertSame = (text: string, size?: number) => {
  for (const options of [{}, { skipAhead }]) {
    const { traces, problems } = decode(text, size, options);
    assert.deepEqual({ traces: wellFormed(traces), problems }, expected(text));
  }
};

const skipAhead = (chunk: Uint8Array, from: number) => Buffer.from(chunk).indexOf(jaegerLandmark, from);

const samples = ['thrift-traces.api.json', 'otlp-trace.api.json'] as const;

describe('the decoder of Jaeger’s answers into columns', () => {
  it('reads real answers as the plain decoder does, whatever the chunks', () => {
    for (const sample of samples) for (const size of [7, 4096]) assertSame(jaegerSampleText(sample), size);
  });

  it('reads real answers without JSON.parse, but for strings with escapes', () => {
    const { parse } = JSON;
    const texts = samples.map(jaegerSampleText);
    JSON.parse = (text: string) =>
      text.startsWith('"') ? parse(text) : assert.fail('JSON.parse was called');
    try {
      for (const text of texts) assert.ok(decode(text).traces.length > 0);
    } finally {
      JSON.parse = parse;
    }
  });

  it('reads mutated real answers as the plain decoder does, with the same complaints', () => {
    const [thrift = [], otlp = []] = [
      jaegerTraces('thrift-traces.api.json').slice(0, 3),
      jaegerTraces('otlp-trace.api.json'),
    ];
    fc.assert(
      fc.property(
        fc.oneof(mutatedJson(thrift), mutatedJson(otlp)),
        fc.constantFrom(undefined, 2),
        (data, indent) => {
          const isList = Array.isArray(data);
          assertSame(JSON.stringify({ data: isList ? data : [data], total: 0 }, null, indent));
        },
      ),
      { numRuns: 1500 },
    );
  }).timeout(60_000);

  it('reads any traces that are written as Jaeger writes them', () => {
    fc.assert(
      fc.property(tracesArbitrary, (traces) => assertSame([...jaegerJsonText(traces)].join(''))),
      { numRuns: 500 },
    );
  }).timeout(60_000);

  it('reads numbers and strings as JSON.parse does', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
      fc
        .tuple(
          fc.nat(999_999),
          fc.stringMatching(/^\d{1,24}$/),
          fc.constantFrom('', 'e5', 'E-7', 'e+300', 'e999'),
        )
        .map(([whole, decimals, exponent]) => `${whole}.${decimals}${exponent}`),
      fc.constantFrom('-0', '0', '-0.0', '01', '1.', '.5', '+1', '-', '1e', '0x1', 'NaN', '00', '1e400'),
    );
    const string = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc
        .array(fc.constantFrom('\\u00e9', '\\ud83d', '\\udca5', '\\n', '\\"', '\\\\', 'a', '\\x', '\t', '"'))
        .map((parts) => `"${parts.join('')}"`),
    );
    fc.assert(
      fc.property(fc.oneof(number, string), (value) => {
        const span = `{"spanID":"00000000000000aa","startTime":1,"duration":2,"tags":[{"key":"k","type":"","value":${value}}]}`;
        const text = `{"data":[{"traceID":"00000000000000ff","spans":[${span}]}],"total":0}`;
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (isJson) assertSame(text);
        else assert.deepEqual(decode(text).traces, []);
      }),
      { numRuns: 2000 },
    );
  }).timeout(60_000);

  it('never throws on bytes that are no answer, and says when a trace is no JSON', () => {
    const text = jaegerSampleText('thrift-traces.api.json');
    const bytes = new TextEncoder().encode(text);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const broken = bytes.slice(0, length);
          for (const [at, byte] of changes) if (at < length) broken[at] = byte;
          const { traces, isBroken, isTruncated } = decode(broken);
          let isJson = true;
          try {
            JSON.parse(new TextDecoder().decode(broken));
          } catch {
            isJson = false;
          }
          if (isJson && !isBroken) assertSame(new TextDecoder().decode(broken));
          assert.ok(traces.length <= 1000 && typeof isTruncated === 'boolean');
        },
      ),
      { numRuns: 500 },
    );
  }).timeout(60_000);

  it('is not led astray by what looks like the end of a trace', () => {
    const [usual] = jaegerTraces('thrift-traces.api.json');
    const nested = {
      traceID: 'ff',
      spans: [{ spanID: '1', startTime: 1, duration: 1, x: { processes: { a: {} } } }],
    };
    const text = {
      traceID: 'fe',
      spans: [],
      '"processes":{': '"processes":{',
      warnings: '"processes":{}}]}',
    };
    for (const data of [
      [nested, usual],
      [usual, nested],
      [text, usual, nested, {}],
      [{}, [], 1, '"processes":{', usual],
    ])
      for (const size of [9, 100, 4096]) assertSame(JSON.stringify({ data, total: 0 }), size);
  });

  it('leaves nothing behind of a trace that it could not read fast', () => {
    const [usual, other] = jaegerTraces('thrift-traces.api.json');
    const odd = structuredClone(other) as { spans: { tags: unknown[] }[] };
    odd.spans.at(-1)?.tags.push({ key: 'broken' });
    assertSame(JSON.stringify({ data: [usual, odd, other], total: 0 }));
  });

  it('recognises what it has read before by its bytes', () => {
    const known = new KnownTraces();
    const text = jaegerSampleText('thrift-traces.api.json');
    const first = decode(text, 4096, { known });
    const again = decode(text, 1000, { known });
    assert.equal(first.unchanged, 0);
    assert.equal(again.unchanged, first.count);
    assert.equal(again.count, first.count);
    assert.deepEqual(again.traces, []);
    const changed = decode(text.replace('"duration":1', '"duration":2'), 4096, { known });
    assert.equal(changed.unchanged, first.count - 1);
    known.clear();
    assert.equal(decode(text, 4096, { known }).unchanged, 0);
  });
});
