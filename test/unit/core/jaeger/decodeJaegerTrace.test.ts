import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeJaegerTrace } from '../../../../src/core/jaeger/decodeJaegerTrace';
import { assertSound } from '../decode/assertSound';
import { mutatedJson } from '../decode/mutatedJson';
import { jaegerTraces } from '../jaegerSample';

const traceID = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

/** One span of a trace in Jaeger's JSON, decoded. */
function decodeOne(
  span: Record<string, unknown>,
  processes: unknown = { p1: { serviceName: 'svc', tags: [] } },
) {
  const spans = [
    { traceID, spanID: '01', operationName: 'op', startTime: 1000, duration: 5, processID: 'p1', ...span },
  ];
  const { traces, problems } = decodeJaegerTrace({ traceID, spans, processes });
  return { span: traces[0]?.spans[0], problems: problems.map(({ what }) => what) };
}

const tag = (key: unknown, value: unknown) => ({ key, type: 'string', value });

describe('decodeJaegerTrace on real answers', () => {
  it('reads all spans of an OTLP trace without a problem, oldest first', () => {
    const { traces, problems } = decodeJaegerTrace(jaegerTraces('otlp-trace.api.json')[0]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      traces[0]?.spans.map((span) => `${span.service}: ${span.name}`),
      [
        'ai-inference-otlp: ai_inference_pipeline',
        'ai-inference-otlp: measure_storage_latency',
        'storage-svc: GET /blob',
        'ai-inference-otlp: run_model',
        'ai-inference-otlp: decode',
        'ai-inference-otlp: perform_user_query',
      ],
    );
  });

  it('reads kind, status, attributes, events, links and resource in OpenTelemetry’s words', () => {
    const spans = decodeJaegerTrace(jaegerTraces('otlp-trace.api.json')[0]).traces[0]?.spans ?? [];
    const [pipeline, , , model, decode] = spans;
    assert.equal(pipeline?.kind, 'server');
    assert.equal(pipeline?.parentSpanId, undefined);
    assert.deepEqual(pipeline?.links, [
      { traceId: 'c730e16041e29cc85c628d0aab166cef', spanId: '04d99bbe10ea14cd' },
    ]);
    assert.equal(pipeline?.attributes.get('storage_latency_ms'), 12.5);
    assert.equal(pipeline?.attributes.get('big_int'), '1152921504606846977');
    assert.equal(pipeline?.attributes.get('unicode'), 'π≈3 😀');
    assert.equal(pipeline?.resource.get('service.version'), '1.2.3');
    assert.equal(model?.status, 'ok');
    assert.equal(decode?.status, 'error');
    assert.equal(decode?.statusMessage, 'ValueError: CUDA out of memory');
    assert.equal(decode?.events[0]?.name, 'exception');
    assert.equal(decode?.events[0]?.attributes.has('event'), false);
    assert.equal(decode?.events[0]?.attributes.get('exception.type'), 'ValueError');
  });

  it('reads what the article’s thrift exporter sends', () => {
    const results = jaegerTraces('thrift-traces.api.json').map(decodeJaegerTrace);
    assert.deepEqual(
      results.map(({ traces }) => traces[0]?.spans[0]?.attributes.get('model_prediction')),
      [0.73, 'cat'],
    );
    for (const result of results) assertSound(result);
  });
});

describe('decodeJaegerTrace on bad input', () => {
  it('says what is wrong with a trace that is none', () => {
    for (const json of [null, 7, 'x', [], {}, { traceID: 'no hex' }, { traceID, spans: [] }]) {
      const { traces, problems } = decodeJaegerTrace(json);
      assert.deepEqual(traces, []);
      assert.equal(problems.length, 1, JSON.stringify(json));
    }
  });

  it('leaves out a span without id or start and names it', () => {
    assert.deepEqual(decodeOne({ spanID: undefined }).problems, [
      'a span has no spanID',
      'a trace has no spans',
    ]);
    assert.deepEqual(decodeOne({ startTime: 'soon' }).problems, [
      'a span has no start time',
      'a trace has no spans',
    ]);
    assert.deepEqual(decodeOne({ startTime: Number.NaN }).span, undefined);
  });

  it('mends a negative, missing or unreadable duration to zero', () => {
    for (const duration of [-5, undefined, Number.NaN, 'long', '-7']) {
      const { span, problems } = decodeOne({ duration });
      assert.equal(span?.durationUs, 0);
      assert.deepEqual(problems, ['a duration is negative or missing']);
    }
  });

  it('takes no time that is beyond all clocks', () => {
    assert.equal(decodeOne({ startTime: 1e308, duration: 1e308 }).span, undefined);
    assert.equal(decodeOne({ startTime: -1 }).span, undefined);
    assert.equal(decodeOne({ duration: '9'.repeat(20) }).span?.durationUs, 0);
    assert.deepEqual(decodeOne({ logs: [{ timestamp: 1e308 }] }).problems, ['an event cannot be read']);
  });

  it('reads int64 that is written as text', () => {
    const { span, problems } = decodeOne({ startTime: '1795374138008974', duration: '25' });
    assert.deepEqual([span?.startTimeUs, span?.durationUs, problems], [1795374138008974, 25, []]);
  });

  it('keeps hostile keys as ordinary attributes', () => {
    const tags = [tag('__proto__', 'p'), tag('constructor', 'c'), tag('toString', 't')];
    const { span } = decodeOne({ tags });
    assert.deepEqual(
      [...(span?.attributes ?? [])],
      [
        ['__proto__', 'p'],
        ['constructor', 'c'],
        ['toString', 't'],
      ],
    );
  });

  it('finds no process by a name that objects inherit', () => {
    for (const processID of ['__proto__', 'constructor', 'hasOwnProperty']) {
      assert.equal(decodeOne({ processID }).span?.service, 'missing-service-name');
    }
    const processes = JSON.parse('{"__proto__": {"serviceName": "odd"}}');
    assert.equal(decodeOne({ processID: '__proto__' }, processes).span?.service, 'odd');
  });

  it('names tags and events that cannot be read and keeps the others', () => {
    const { span, problems } = decodeOne({
      tags: [tag('a', null), tag(1, 'x'), 'tag', tag('good', 0)],
      logs: [{ timestamp: 'x' }, null, { timestamp: 7, fields: [tag('message', 'hi')] }],
    });
    assert.deepEqual([...(span?.attributes ?? [])], [['good', 0]]);
    assert.deepEqual(span?.events, [{ name: 'hi', timeUs: 7, attributes: new Map() }]);
    assert.equal(problems.filter((what) => what === 'a tag cannot be read').length, 3);
    assert.equal(problems.filter((what) => what === 'an event cannot be read').length, 2);
  });

  it('reads a status from any of the tags that tracers set', () => {
    const statusOf = (...tags: unknown[]) => decodeOne({ tags }).span?.status;
    assert.equal(statusOf(tag('error', true)), 'error');
    assert.equal(statusOf(tag('error', 'true')), 'error');
    assert.equal(statusOf(tag('error', false)), 'unset');
    assert.equal(statusOf(tag('otel.status_code', 'ERROR')), 'error');
    assert.equal(statusOf(tag('otel.status_code', 'OK')), 'ok');
  });

  it('keeps the longest of several spans with one id', () => {
    const span = (duration: number) => ({ spanID: 'A', startTime: 1, duration });
    const { traces, problems } = decodeJaegerTrace({ traceID, spans: [span(3), span(9), span(4)] });
    assert.deepEqual(
      traces[0]?.spans.map((kept) => kept.durationUs),
      [9],
    );
    assert.equal(problems.filter(({ what }) => what === 'a span id is repeated').length, 2);
  });

  it('never throws and never breaks a promise of the model', () => {
    const sample = jaegerTraces('otlp-trace.api.json')[0];
    fc.assert(
      fc.property(mutatedJson(sample), (json) => assertSound(decodeJaegerTrace(json))),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.anything(), (json) => assertSound(decodeJaegerTrace(json))),
      { numRuns: 150 },
    );
  }).timeout(20_000);
});

describe('references of a Jaeger span', () => {
  const reference = (refType: string, spanID: string, ofTrace = traceID) => ({
    refType,
    spanID,
    traceID: ofTrace,
  });

  it('make the first CHILD_OF within the trace the parent, and all others links', () => {
    const references = [
      reference('FOLLOWS_FROM', '0a'),
      reference('CHILD_OF', '0b', 'bb'),
      reference('CHILD_OF', '0c'),
      reference('CHILD_OF', '0d'),
    ];
    const { span } = decodeOne({ references });
    assert.equal(span?.parentSpanId, '000000000000000c');
    assert.deepEqual(
      span?.links.map((link) => link.spanId.slice(-2)),
      ['0a', '0b', '0d'],
    );
    assert.equal(span?.links[1]?.traceId, '00000000000000bb');
  });

  it('may be missing: then the old parentSpanID counts', () => {
    assert.equal(decodeOne({ parentSpanID: 'FF' }).span?.parentSpanId, '00000000000000ff');
    assert.equal(decodeOne({ parentSpanID: '' }).span?.parentSpanId, undefined);
  });
});
