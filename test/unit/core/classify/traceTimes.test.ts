import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { spanClasses } from '../../../../src/core/classify/spanClass';
import { SpanClassifier } from '../../../../src/core/classify/spanClassifier';
import { classShares, noTime, type TimeSplit } from '../../../../src/core/classify/timeSplit';
import { timesOfTrace } from '../../../../src/core/classify/timesOfTrace';
import { spanKinds } from '../../../../src/core/trace/span';
import { type SpanDraft, spanId, traceOf } from '../spanOf';

const timesOf = (drafts: readonly SpanDraft[]) => timesOfTrace(traceOf(drafts), new SpanClassifier());
const span = (
  id: number,
  parent: number | undefined,
  from: number,
  to: number,
  more: SpanDraft = {},
): SpanDraft => ({
  ...{ id, startTimeUs: from, durationUs: to - from, ...more },
  ...(parent === undefined ? {} : { parent }),
});
const split = (parts: Partial<TimeSplit>): TimeSplit => ({ ...noTime, ...parts });
const total = (of: TimeSplit) => spanClasses.reduce((sum, as) => sum + of[as], 0);
const s3 = { 'rpc.system': 'aws-api', 'rpc.service': 'S3' };

describe('what the time of a trace was spent on', () => {
  it('is each span’s own time on the critical path, by class', () => {
    const times = timesOf([
      span(1, undefined, 0, 100),
      span(2, 1, 10, 60, { kind: 'client', attributes: { 'db.system': 'redis' } }),
      span(3, 1, 60, 90, { name: 'run_model' }),
      // Beside the storage, and done before it: nobody waited for it.
      span(4, 1, 10, 40, { name: 'predict' }),
    ]);
    assert.deepEqual(times.whole, split({ storage: 50, model: 30, application: 20 }));
    assert.deepEqual(classShares(times.whole), [
      { as: 'storage', share: 0.5 },
      { as: 'model', share: 0.3 },
      { as: 'application', share: 0.2 },
    ]);
  });

  it('takes what a call consists of for part of it', () => {
    const times = timesOf([
      span(1, undefined, 0, 100),
      span(2, 1, 0, 100, { kind: 'client', attributes: s3 }),
      span(3, 2, 10, 90, { kind: 'client', attributes: { 'http.request.method': 'GET' } }),
    ]);
    assert.deepEqual(times.whole, split({ storage: 100 }));
  });

  it('takes what lies between a client and its server for the network, and what the server did for the storage', () => {
    const times = timesOf([
      span(1, undefined, 0, 100),
      span(2, 1, 0, 100, { kind: 'client', attributes: s3 }),
      span(3, 2, 40, 50, { kind: 'server', service: 'minio' }),
      span(4, 3, 42, 48, { name: 'disk', service: 'minio' }),
    ]);
    assert.deepEqual(times.whole, split({ network: 90, storage: 10 }));
  });

  it('leaves a server that a plain call leads to to what it does', () => {
    const times = timesOf([
      span(1, undefined, 0, 100, { kind: 'client' }),
      span(2, 1, 10, 90, { kind: 'server' }),
      span(3, 2, 10, 50, { kind: 'client', attributes: { 'db.system': 'redis' } }),
    ]);
    assert.deepEqual(times.whole, split({ network: 20, storage: 40, application: 40 }));
  });

  it('takes vLLM’s own account of how long a request waited', () => {
    const attributes = { 'gen_ai.latency.e2e': 0.0001, 'gen_ai.latency.time_in_queue': 0.00003 };
    const times = timesOf([span(1, undefined, 0, 100, { kind: 'server', name: 'llm_request', attributes })]);
    assert.deepEqual(times.whole, split({ queue: 30, model: 70 }));
  });

  it('takes the time before Triton computes for a queue, from its event on', () => {
    const events = [{ name: 'QUEUE_START', timeUs: 5, attributes: new Map() }];
    const times = timesOf([
      span(1, undefined, 0, 100, { name: 'resnet', attributes: { 'triton.model_name': 'resnet' }, events }),
      span(2, 1, 65, 95, { name: 'compute' }),
    ]);
    assert.deepEqual(times.whole, split({ queue: 60, model: 40 }));
  });

  it('is that of a span and what lies below it, by itself or as part of what the trace waited for', () => {
    const times = timesOf([
      span(1, undefined, 0, 100),
      span(2, 1, 0, 100, { name: 'run_model' }),
      span(3, 1, 0, 50, { name: 'beside' }),
      span(4, 3, 10, 40, { name: 'load_model' }),
    ]);
    assert.deepEqual(times.splitOf(spanId(3)), split({ storage: 30, application: 20 }));
    assert.deepEqual(times.waitedFor(spanId(3)), noTime);
    assert.deepEqual(times.waitedFor(spanId(1)), split({ model: 100 }));
    assert.equal(times.splitOf(spanId(9)), undefined);
  });

  it('knows how long a span waited for storage, also that it did not wait, but not where there is none', () => {
    const times = timesOf([
      span(1, undefined, 0, 100),
      span(2, 1, 0, 40, { name: 'load_features' }),
      span(3, 1, 0, 100, { name: 'run_model' }),
    ]);
    assert.equal(times.storageUsOf(spanId(2)), 40);
    assert.equal(times.storageUsOf(spanId(1)), 0);
    assert.equal(times.storageUsOf(spanId(3)), undefined);
  });

  const drafts = fc.array(
    fc.record({
      parent: fc.option(fc.nat(12), { nil: undefined }),
      from: fc.nat(100),
      duration: fc.nat(100),
      kind: fc.constantFrom(...spanKinds),
      name: fc.constantFrom('work', 'run_model', 'load_model', 'queue', 'dns_lookup'),
      queued: fc.option(fc.double(), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  );

  it('gives each span one class and loses no time, whatever a trace looks like: circles, orphans, skewed clocks', () => {
    fc.assert(
      fc.property(drafts, (rows) => {
        const trace = traceOf(
          rows.map(({ parent, from, duration, kind, name, queued }, i) =>
            span(i + 1, parent, from, from + duration, {
              ...{ kind, name },
              attributes: queued === undefined ? {} : { 'gen_ai.latency.time_in_queue': queued },
            }),
          ),
        );
        const times = timesOfTrace(trace, new SpanClassifier());
        const stack = [...times.roots];
        let seen = 0;
        let rootsUs = 0;
        for (const { span: root } of times.roots) rootsUs += root.durationUs;
        for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
          seen++;
          assert.ok(spanClasses.includes(times.classOf(node.span)));
          const own = times.splitOf(node.span.spanId) ?? assert.fail('no split');
          assert.ok(Math.abs(total(own) - node.span.durationUs) < 1e-6);
          stack.push(...node.children);
        }
        assert.equal(seen, trace.spans.length);
        assert.ok(Math.abs(total(times.whole) - rootsUs) < 1e-6);
        const waited = times.roots.map(({ span: root }) => total(times.waitedFor(root.spanId) ?? noTime));
        assert.ok(Math.abs(waited.reduce((sum, us) => sum + us, 0) - rootsUs) < 1e-6);
        const shares = classShares(times.whole);
        if (rootsUs > 0) assert.ok(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
        else assert.deepEqual(shares, []);
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('does not take the square of spans that lie in each other without end', () => {
    const deep = Array.from({ length: 20_000 }, (_, i) =>
      span(i + 1, i === 0 ? undefined : i, i, 60_000 - i, { name: i === 19_999 ? 'load_model' : 'work' }),
    );
    const times = timesOf(deep);
    const derived = deep.map((_, i) => times.storageUsOf(spanId(i + 1)));
    assert.equal(derived[0], 60_000 - 2 * 19_999);
    assert.ok(derived.includes(undefined));
  }).timeout(20_000);
});
