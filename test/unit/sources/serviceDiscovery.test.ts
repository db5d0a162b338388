import assert from 'node:assert/strict';
import { defaultInferenceDefinition } from '../../../src/core/trace/inference';
import { ServiceDiscovery } from '../../../src/sources/serviceDiscovery';
import { FakeClock } from './fakeClock';
import { FakeJaeger, fakeTrace } from './fakeJaeger';

const never = new AbortController().signal;
const spanName = defaultInferenceDefinition.spanName;

function setUp(services: readonly string[] = []) {
  const client = new FakeJaeger();
  const clock = new FakeClock();
  const nowMs = () => clock.nowMs();
  const options = { client, services, inference: defaultInferenceDefinition, lookbackUs: 1, nowMs };
  return { client, clock, discovery: new ServiceDiscovery(options) };
}

describe('ServiceDiscovery', () => {
  it('watches who has the inference span, and asks each once', async () => {
    const { client, discovery } = setUp();
    client.operationsOf = { web: ['GET'], ai: ['x', spanName], jaeger: ['/api/traces'] };
    for (let i = 0; i < 2; i++) {
      const plan = await discovery.plan(never);
      assert.deepEqual(plan, { watched: [{ name: 'ai', operation: spanName }], leftOut: [] });
    }
    assert.deepEqual(client.asked, ['services', 'operations ai', 'operations web', 'services']);
  });

  it('watches who calls language models by what the conventions call that, when no service has the span name', async () => {
    const { client, discovery } = setUp();
    client.operationsOf = {
      web: ['GET'],
      rag: ['chat gpt-4o', 'GET'],
      vllm: ['llm_request'],
      chatter: ['chat_room'],
    };
    const names = ['rag', 'vllm'].map((name) => ({ name, operation: undefined }));
    assert.deepEqual((await discovery.plan(never)).watched, names);
    client.operationsOf = { ...client.operationsOf, ai: [spanName] };
    assert.deepEqual((await discovery.plan(never)).watched, [{ name: 'ai', operation: spanName }]);
  });

  it('asks who had no inferences again, more and more rarely, and forgets who has gone', async () => {
    const { client, clock, discovery } = setUp();
    client.operationsOf = { ai: [spanName], late: ['start'] };
    const asked = () => client.asked.filter((what) => what === 'operations late').length;
    for (let i = 0; i < 60; i++) {
      await discovery.plan(never);
      await clock.advance(10_000);
    }
    assert.equal(asked(), 6);
    client.operationsOf = { late: [spanName] };
    await clock.advance(600_000);
    assert.deepEqual((await discovery.plan(never)).watched, [{ name: 'late', operation: spanName }]);
  });

  it('watches ten, and never drops one for a newcomer', async () => {
    const { client, discovery } = setUp();
    const names = Array.from({ length: 10 }, (_, i) => `m${i}`);
    client.operationsOf = Object.fromEntries(names.map((name) => [name, [spanName]]));
    await discovery.plan(never);
    client.operationsOf = { ...client.operationsOf, aaa: [spanName] };
    const plan = await discovery.plan(never);
    assert.deepEqual([plan.watched.map(({ name }) => name), plan.leftOut], [names, ['aaa']]);
  });

  it('looks for the attributes when no service has the span name', async () => {
    const { client, clock, discovery } = setUp();
    client.operationsOf = { web: ['GET'], own: ['predict'] };
    client.tracesOf = {
      own: [fakeTrace('own', { storage_latency_ms: 1, model_prediction: 'cat' })],
      web: [fakeTrace('web')],
    };
    const plan = await discovery.plan(never);
    assert.deepEqual(plan.watched, [{ name: 'own', operation: undefined }]);
    assert.ok(client.searches.every(({ limit, operation }) => limit === 20 && operation === undefined));
    const before = client.searches.length;
    await discovery.plan(never);
    assert.equal(client.searches.length, before, 'once');
    client.operationsOf = { ...client.operationsOf, ai: [spanName] };
    await clock.advance(10_000);
    assert.deepEqual((await discovery.plan(never)).watched, [{ name: 'ai', operation: spanName }]);
  });

  it('watches all that were chosen, whatever they have', async () => {
    const { client, discovery } = setUp(['ai', 'jaeger', 'nope']);
    client.failures = { 'operations jaeger': 'server' };
    const { watched } = await discovery.plan(never);
    assert.deepEqual(watched, [
      { name: 'ai', operation: spanName },
      { name: 'jaeger', operation: undefined },
      { name: 'nope', operation: undefined },
    ]);
    assert.ok(!client.asked.includes('services'));
  });

  it('fails when the server does', async () => {
    const { client, discovery } = setUp();
    client.failures = { 'operations ai': 'unreachable' };
    await assert.rejects(discovery.plan(never));
  });
});
