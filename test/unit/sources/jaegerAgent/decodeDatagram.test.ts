import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decodeDatagram } from '../../../../src/sources/jaegerAgent/decodeDatagram';
import { assertSound } from '../../core/decode/assertSound';
import { capturedDatagram, emitBatchWith } from './datagrams';

describe('decodeDatagram', () => {
  it('reads what the article’s exporter sends', () => {
    const result = decodeDatagram(capturedDatagram('article'));
    assertSound(result);
    assert.deepEqual(result.problems, []);
    const [span] = result.traces[0]?.spans ?? [];
    assert.equal(span?.name, 'ai_inference_pipeline');
    assert.equal(span?.service, 'ai-inference');
    assert.equal(span?.kind, 'internal');
    assert.equal(span?.parentSpanId, undefined);
    assert.equal(span?.attributes.get('storage_latency_ms'), 8.56976199975179);
    assert.equal(span?.attributes.get('model_prediction'), 'cat');
    assert.deepEqual(
      span?.resource,
      new Map([
        ['telemetry.sdk.language', 'python'],
        ['telemetry.sdk.name', 'opentelemetry'],
        ['telemetry.sdk.version', '1.21.0'],
      ]),
    );
  });

  it('reads every kind of value, exactly', () => {
    const { traces, problems } = decodeDatagram(capturedDatagram('everything'));
    assert.deepEqual(problems, []);
    assert.equal(traces.length, 2);
    const spans = traces.flatMap((trace) => trace.spans);
    const root = spans.find((span) => span.name === 'root ☃');
    const expected = {
      text: 'żółw 🐢',
      empty: '',
      yes: true,
      no: false,
      int: -5,
      safe: 2 ** 53 - 1,
      big: '1152921504606846977',
      low: '-9223372036854775808',
      half: 0.5,
      tiny: 5e-324,
      huge: 1.7e308,
      'negative zero': -0,
      list: "('a', 'b')",
      ip: '8.8.8.8',
      ['__proto__']: 'x',
    };
    for (const [key, value] of Object.entries(expected)) assert.equal(root?.attributes.get(key), value, key);
    assert.deepEqual(root?.links, [{ traceId: '1234567890abcdef'.repeat(2), spanId: 'fedcba0987654321' }]);
    assert.deepEqual(
      root?.events.map((event) => event.name),
      ['first', 'named'],
    );
    for (const span of spans.filter(({ name }) => name !== 'root ☃' && name !== 'another trace'))
      assert.equal(span.parentSpanId, root?.spanId, span.name);
  });

  it('knows what failed, by the tags that the exporter and Jaeger use', () => {
    const { traces } = decodeDatagram(capturedDatagram('everything'));
    const facts = traces
      .flatMap((trace) => trace.spans)
      .map((span) => [span.name, span.kind, span.status, span.statusMessage]);
    assert.deepEqual(facts, [
      ['root ☃', 'server', 'unset', undefined],
      ['fails', 'client', 'error', 'ValueError: no such object'],
      ['is ok', 'internal', 'ok', undefined],
      ['http error', 'client', 'error', 'Not Found'],
      ['produces', 'producer', 'error', undefined],
      ['consumes', 'consumer', 'unset', undefined],
      ['another trace', 'internal', 'unset', undefined],
    ]);
  });

  it('says why it could read nothing', () => {
    const faults = [
      Buffer.alloc(0),
      Buffer.from('GET / HTTP/1.1'),
      capturedDatagram('article').subarray(0, 100),
      emitBatchWith([0], 'emitZipkinBatch'),
      Buffer.alloc(65_001),
    ].map((datagram) => decodeDatagram(datagram).fault);
    assert.deepEqual(faults, ['broken', 'broken', 'broken', 'foreign', 'oversize']);
  });

  it('makes nothing of a list that says to be longer than the datagram', () => {
    // Field 1: a batch; in it field 2: a list of 2³¹−1 structs.
    const before = process.memoryUsage().heapUsed;
    const huge = emitBatchWith([0x1c, 0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07]);
    assert.equal(decodeDatagram(huge).fault, 'broken');
    assert.ok(process.memoryUsage().heapUsed - before < 16 * 1024 ** 2);
  });

  it('reads no further than 64 structs deep, and leaves out what it does not know', () => {
    const deep = (depth: number) => emitBatchWith([...Array(depth).fill(0x9c), ...Array(depth + 1).fill(0)]);
    assert.equal(decodeDatagram(deep(60)).fault, undefined);
    assert.equal(decodeDatagram(deep(5000)).fault, 'broken');
  });

  it('does not begin a list of more spans than fit with the fields that a span must have', () => {
    const count = 60_000;
    const size = [(count & 0x7f) | 0x80, ((count >> 7) & 0x7f) | 0x80, count >> 14];
    const datagram = emitBatchWith([0x1c, 0x29, 0xfc, ...size, ...Array(count + 2).fill(0)]);
    assert.equal(decodeDatagram(datagram).fault, 'broken');
  });
});
