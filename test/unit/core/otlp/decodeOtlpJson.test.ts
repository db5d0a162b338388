import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeOtlpResourceSpans } from '../../../../src/core/otlp/decodeOtlpJson';
import { assertSound } from '../decode/assertSound';
import { mutatedJson } from '../decode/mutatedJson';
import { jaegerResourceSpans } from '../jaegerSample';

const traceId = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const times = { startTimeUnixNano: '1795374137992045888', endTimeUnixNano: '1795374137996370969' };

function decode(...spans: Record<string, unknown>[]) {
  const full = spans.map((span) => ({ traceId, spanId: '00000000000000AB', name: 'op', ...times, ...span }));
  const result = decodeOtlpResourceSpans([{ scopeSpans: [{ spans: full }] }]);
  return { span: result.traces[0]?.spans[0], problems: result.problems.map(({ what }) => what) };
}

/** What an attribute of the given value becomes. */
function decodeValue(value: unknown): unknown {
  return decode({ attributes: [{ key: 'a', value }] }).span?.attributes.get('a');
}

describe('decodeOtlpResourceSpans', () => {
  it('reads all spans of a real answer without a problem, across resources', () => {
    const { traces, problems } = decodeOtlpResourceSpans(jaegerResourceSpans());
    assert.deepEqual(problems, []);
    assert.equal(traces.length, 1);
    assert.deepEqual(
      new Set(traces[0]?.spans.map((span) => span.service)),
      new Set(['ai-inference-otlp', 'storage-svc']),
    );
    assert.equal(traces[0]?.spans.length, 6);
  });

  it('keeps the scope of a library of instrumentation, as Jaeger does, and no other', () => {
    const scopeOf = (name: string) => {
      const spans = [{ traceId, spanId: '1'.repeat(16), ...times }];
      const { traces } = decodeOtlpResourceSpans([{ scopeSpans: [{ scope: { name }, spans }] }]);
      return traces[0]?.spans[0]?.attributes.get('otel.scope.name');
    };
    assert.equal(scopeOf('opentelemetry.instrumentation.redis'), 'opentelemetry.instrumentation.redis');
    assert.equal(scopeOf('my.service'), undefined);
  });

  it('lower-cases ids, cuts nanoseconds to microseconds and knows no service without a resource', () => {
    const { span, problems } = decode({ kind: 3, status: { code: 2, message: 'no' } });
    assert.deepEqual(problems, []);
    assert.equal(span?.spanId, '00000000000000ab');
    assert.equal(span?.startTimeUs, 1795374137992045);
    assert.equal(span?.durationUs, 1795374137996370 - 1795374137992045);
    assert.deepEqual([span?.kind, span?.status, span?.statusMessage], ['client', 'error', 'no']);
    assert.equal(span?.service, 'missing-service-name');
  });

  it('puts spans of one trace together that come in several elements', () => {
    const element = (spanId: string) => ({ scopeSpans: [{ spans: [{ traceId, spanId, ...times }] }] });
    const { traces } = decodeOtlpResourceSpans([element('1'.repeat(16)), element('2'.repeat(16))]);
    assert.deepEqual(
      traces.map((trace) => trace.spans.length),
      [2],
    );
  });

  it('leaves out spans without ids, with ids of zeros, or without a start, and says so', () => {
    assert.deepEqual(decode({ spanId: '0'.repeat(16) }).problems, ['a span has no trace id or span id']);
    assert.deepEqual(decode({ traceId: 'EjRWeJCrze8=' }).problems, ['a span has no trace id or span id']);
    assert.deepEqual(decode({ startTimeUnixNano: 'x' }).problems, ['a span has no start time']);
    assert.deepEqual(decode({ startTimeUnixNano: -5 }).problems, ['a span has no start time']);
  });

  it('mends an end that is missing or before the start to a duration of zero', () => {
    for (const endTimeUnixNano of [undefined, '1000', Number.NaN, '0']) {
      const { span, problems } = decode({ endTimeUnixNano });
      assert.equal(span?.durationUs, 0);
      assert.deepEqual(problems, ['a duration is negative or missing']);
    }
  });

  it('takes no time that is beyond all clocks', () => {
    assert.deepEqual(decode({ startTimeUnixNano: 1e308 }).problems, ['a span has no start time']);
    assert.deepEqual(decode({ endTimeUnixNano: 1e308 }).problems, ['a duration is negative or missing']);
    assert.deepEqual(decode({ events: [{ timeUnixNano: 1e308 }] }).problems, ['an event cannot be read']);
  });

  it('keeps the longest of several spans with one id and names the repetition', () => {
    const { span, problems } = decode({ endTimeUnixNano: times.startTimeUnixNano }, {});
    assert.equal(span?.durationUs, 4325);
    assert.deepEqual(problems, ['a span id is repeated']);
  });

  it('leaves out events without a time and links without ids', () => {
    const { span, problems } = decode({
      events: [{ name: 'no time' }, { name: 'e', timeUnixNano: '5000000' }, 7],
      links: [{ traceId, spanId: 'B'.repeat(16) }, { spanId: 'B'.repeat(16) }, null],
    });
    assert.deepEqual(
      span?.events.map(({ name, timeUs }) => [name, timeUs]),
      [['e', 5000]],
    );
    assert.deepEqual(span?.links, [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }]);
    assert.equal(problems.length, 2);
  });

  it('never throws and never breaks a promise of the model', () => {
    fc.assert(
      fc.property(mutatedJson(jaegerResourceSpans()), (json) =>
        assertSound(decodeOtlpResourceSpans(Array.isArray(json) ? json : [json])),
      ),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.array(fc.anything()), (json) => assertSound(decodeOtlpResourceSpans(json))),
      { numRuns: 150 },
    );
  }).timeout(20_000);
});

describe('an OTLP attribute', () => {
  it('is text, number or boolean', () => {
    assert.equal(decodeValue({ stringValue: '' }), '');
    assert.equal(decodeValue({ boolValue: false }), false);
    assert.equal(decodeValue({ intValue: '-7' }), -7);
    assert.equal(decodeValue({ intValue: 42 }), 42);
    assert.equal(decodeValue({ doubleValue: 0.5 }), 0.5);
    assert.equal(decodeValue({ bytesValue: 'AAFoaQ==' }), 'AAFoaQ==');
  });

  it('stays text when a double cannot hold it', () => {
    assert.equal(decodeValue({ intValue: '1152921504606846977' }), '1152921504606846977');
    assert.equal(decodeValue({ doubleValue: 'NaN' }), 'NaN');
  });

  it('that is a list or a map is the JSON text of its plain values', () => {
    const list = {
      arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a"b' }, { doubleValue: 'NaN' }, {}] },
    };
    assert.equal(decodeValue(list), '[1,"a\\"b","NaN",null]');
    const map = {
      kvlistValue: {
        values: [
          { key: '__proto__', value: { boolValue: true } },
          { key: 'l', value: list },
        ],
      },
    };
    assert.equal(decodeValue(map), '{"__proto__":true,"l":[1,"a\\"b","NaN",null]}');
    assert.equal(decodeValue({ arrayValue: {} }), '[]');
    assert.equal(decodeValue({ kvlistValue: {} }), '{}');
  });

  it('that is nested without end does not overflow the stack', () => {
    let value: unknown = { intValue: '1' };
    for (let i = 0; i < 20_000; i++) value = { arrayValue: { values: [value] } };
    assert.equal(typeof decodeValue(value), 'string');
  });

  it('without a value or a key is left out', () => {
    assert.equal(decodeValue(undefined), undefined);
    assert.equal(decodeValue({ objectValue: 1 }), undefined);
    assert.equal(decode({ attributes: [{ value: { intValue: 1 } }, null, 3] }).span?.attributes.size, 0);
  });
});
