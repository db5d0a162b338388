import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isHumanError } from '../../src/core/humanError';
import type { TraceSearch } from '../../src/core/jaeger/jaegerQuery';
import { type Connection, plainConnection } from '../../src/sources/connection';
import { Credentials } from '../../src/sources/credentials';
import { JaegerClient } from '../../src/sources/jaegerClient';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';
import { newSpanId, newTraceId, postSpans, type SentSpan } from './otlpPost';

const slashy = 'slash/svc name&é';
const never = new AbortController().signal;
const nowUs = Date.now() * 1000;
const knownTrace = newTraceId();
const nanTrace = newTraceId();

function clientFor(url: string, more: Partial<Connection> = {}, secret?: string): JaegerClient {
  const connection: Connection = { ...plainConnection('test', url), ...more };
  const credentials = new Credentials(connection, { readSecret: () => Promise.resolve(secret) });
  return new JaegerClient({ connection, credentials });
}

function sentSpans(): SentSpan[] {
  const startUs = nowUs - 10_000_000;
  const span = (more: Partial<SentSpan>): SentSpan => ({
    service: 'ai',
    name: 'ai_inference_pipeline',
    startUs,
    durationUs: 20_000,
    ...more,
  });
  const [a, b] = [newSpanId(), newSpanId()];
  const cycle = newTraceId();
  const skew = { traceId: newTraceId(), service: 'skew' };
  return [
    span({
      traceId: knownTrace,
      spanId: a,
      attributes: { storage_latency_ms: 12.5, model_prediction: 'cat' },
    }),
    span({
      traceId: knownTrace,
      parentSpanId: a,
      name: 'measure',
      startUs: startUs + 1000,
      durationUs: 5000,
    }),
    span({ durationUs: 2_000_000, attributes: { model_prediction: 'dog' } }),
    ...Array.from({ length: 12 }, () => span({ service: 'many', name: 'op' })),
    span({ service: slashy, name: 'op/with space?x=1&é' }),
    span({ service: 'orphan', parentSpanId: newSpanId() }),
    span({ service: 'cycle', traceId: cycle, spanId: a, parentSpanId: b }),
    span({ service: 'cycle', traceId: cycle, spanId: b, parentSpanId: a }),
    span({ ...skew, spanId: a }),
    span({ ...skew, parentSpanId: a, startUs: startUs - 9_000_000 }),
    span({ service: 'nan', traceId: nanTrace, attributes: { x: Number.NaN, m: 'yes' } }),
    span({ service: 'nan', attributes: { m: 'no' } }),
    span({ service: 'inf', attributes: { x: Number.NEGATIVE_INFINITY } }),
  ];
}

describe('JaegerClient and a real Jaeger', function () {
  this.timeout(60_000);
  let jaeger: Awaited<ReturnType<typeof startJaeger>>;
  let client: JaegerClient;
  const search = (more: Partial<TraceSearch>) =>
    client.search(
      { service: 'ai', startUs: nowUs - 3_600_000_000, endUs: nowUs + 60_000_000, limit: 100, ...more },
      never,
    );

  before(async () => {
    jaeger = await startJaeger({ config: 'memory', maxTraces: 1000 });
    client = clientFor(jaeger.url);
    assert.deepEqual(await client.services(never), [], 'an empty Jaeger has no services');
    await postSpans(jaeger.otlpHttp, sentSpans());
    for (let i = 0; i < 50 && (await client.services(never)).length < 8; i++) await delay(100);
  });
  after(() => jaeger?.stop());

  it('lists services sorted, and operations with kinds', async () => {
    assert.deepEqual(await client.services(never), [
      'ai',
      'cycle',
      'inf',
      'many',
      'nan',
      'orphan',
      'skew',
      slashy,
    ]);
    const operations = await client.operations('ai', never);
    assert.deepEqual(operations.map(({ name }) => name).sort(), ['ai_inference_pipeline', 'measure']);
    assert.equal(operations[0]?.kind, 'internal');
    assert.deepEqual(await client.operations('nope', never), []);
    assert.equal((await client.operations(slashy, never))[0]?.name, 'op/with space?x=1&é');
  });

  const searches: readonly [what: string, more: Partial<TraceSearch>, count: number][] = [
    ['all', {}, 2],
    ['an unknown service', { service: 'nope' }, 0],
    ['an unknown operation', { operation: 'nope' }, 0],
    ['an operation', { operation: 'measure' }, 1],
    ['a slash, a blank and an ampersand', { service: slashy, operation: 'op/with space?x=1&é' }, 1],
    ['a minimum', { minDurationUs: 1_000_000 }, 1],
    ['a maximum', { maxDurationUs: 100_000 }, 1],
    ['a minimum above all', { minDurationUs: 3_600_000_000 }, 0],
    ['an attribute', { tags: { model_prediction: 'cat' } }, 1],
    ['a number', { tags: { storage_latency_ms: '12.5' } }, 1],
    ['a number written otherwise', { tags: { storage_latency_ms: '12.50' } }, 0],
    ['attributes of two spans', { tags: { model_prediction: 'dog', storage_latency_ms: '12.5' } }, 0],
    ['no attributes', { tags: {} }, 2],
    ['another time', { endUs: nowUs - 1_800_000_000 }, 0],
    ['start after end', { startUs: nowUs, endUs: nowUs - 1 }, 0],
    ['a parent that is missing', { service: 'orphan' }, 1],
    ['a cycle', { service: 'cycle' }, 1],
    ['a clock that is wrong', { service: 'skew' }, 1],
  ];
  for (const [what, more, count] of searches) {
    it(`searches with ${what}`, async () => {
      const answer = await search(more);
      assert.equal(answer.traces.length, count);
      assert.deepEqual(
        [answer.count, answer.api, answer.isSample, answer.isPartial],
        [count, 'api', false, false],
      );
    });
  }

  it('tells a sample', async () => {
    const answer = await search({ service: 'many', limit: 5 });
    assert.deepEqual([answer.traces.length, answer.isSample], [5, true]);
    assert.equal((await search({ service: 'many', limit: 12 })).isSample, true);
    assert.equal((await search({ service: 'many', limit: 13 })).isSample, false);
  });

  it('halves a limit that is too high, whatever it is', async () => {
    for (const limit of [1001, 4_000_000_000, 0, -3]) {
      const { traces } = await clientFor(jaeger.url).search(
        { service: 'many', startUs: nowUs - 3_600_000_000, endUs: nowUs, limit },
        never,
      );
      assert.equal(traces.length, limit > 0 ? 12 : 1, `limit ${limit}`);
    }
  });

  it('asks /api/v3 for what /api cannot write', async () => {
    const nan = await search({ service: 'nan' });
    assert.deepEqual([nan.api, nan.traces.length], ['v3', 2]);
    const span = nan.traces.find(({ traceId }) => traceId === nanTrace)?.spans[0];
    assert.equal(span?.attributes.get('x'), 'NaN');
    assert.equal(span?.service, 'nan');
    assert.equal((await search({ service: 'inf' })).api, 'v3');
    assert.equal((await search({ service: 'nan', tags: { m: 'yes' } })).traces.length, 1);
    assert.equal((await search({ service: 'nan', operation: 'nope' })).traces.length, 0);
    assert.equal((await search({ service: 'nan', minDurationUs: 1_000_000 })).traces.length, 0);
    assert.equal((await search({ service: 'nan', limit: 5000 })).traces.length, 2);
    const byId = await client.trace(nanTrace, { signal: never });
    assert.deepEqual([byId.api, byId.traces.length], ['v3', 1]);
  });

  it('gets one trace by its id, in upper case too', async () => {
    let bytes = 0;
    const onProgress = (now: number) => {
      bytes = now;
    };
    for (const id of [knownTrace, knownTrace.toUpperCase()]) {
      const { traces, problems, isSample } = await client.trace(id, { signal: never, onProgress });
      assert.equal(traces[0]?.traceId, knownTrace);
      assert.deepEqual([traces[0]?.spans.length, problems.length, isSample], [2, 0, false]);
      assert.equal(traces[0]?.spans[0]?.attributes.get('storage_latency_ms'), 12.5);
    }
    assert.ok(bytes > 500);
  });

  for (const id of [newTraceId(), 'abc', '0', 'xyz', 'a'.repeat(33), '', '../services']) {
    it(`has no trace ${id.slice(0, 12)}`, () =>
      assert.rejects(
        client.trace(id, { signal: never }),
        (error) => isHumanError(error) && error.kind === 'not-found',
      ));
  }

  for (const path of ['/wrong', '/api', '/search']) {
    it(`tells that the base path ${path} is wrong`, () =>
      assert.rejects(clientFor(`${jaeger.url}${path}`).services(never), (error) => {
        assert.ok(isHumanError(error));
        assert.equal(error.kind, 'not-jaeger');
        assert.match(error.message, /web page.*base path/s);
        return true;
      }));
  }

  it('tells that nothing speaks TLS there, and that nothing listens', async () => {
    const tls = clientFor(jaeger.url.replace('http:', 'https:')).services(never);
    await assert.rejects(tls, (error) => isHumanError(error) && /http:\/\/ instead/.test(error.message));
    const gone = await startJaeger({ config: 'memory' });
    await gone.stop();
    const refused = clientFor(gone.url).services(never);
    await assert.rejects(refused, (error) => isHumanError(error) && error.kind === 'unreachable');
  });
});
