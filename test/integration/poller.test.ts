import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { tracesOf } from '../../src/core/columns/tracesOf';
import { defaultInferenceDefinition } from '../../src/core/trace/inference';
import { systemClock } from '../../src/sources/clock';
import { plainConnection } from '../../src/sources/connection';
import { Credentials } from '../../src/sources/credentials';
import { JaegerClient } from '../../src/sources/jaegerClient';
import { Poller } from '../../src/sources/poller';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';
import { newTraceId, postSpans } from './otlpPost';

describe('Poller and a real Jaeger', function () {
  this.timeout(60_000);

  it('finds the service, gets its traces, and recovers from an outage', async () => {
    let jaeger = await startJaeger({ config: 'memory' });
    const connection = plainConnection('test', jaeger.url);
    const credentials = new Credentials(connection, { readSecret: () => Promise.resolve(undefined) });
    const got = new Set<string>();
    const settings = {
      services: [],
      intervalMs: 300,
      lookbackUs: 600_000_000,
      limit: 100,
      requestBudget: 24,
    };
    const poller = new Poller({
      client: new JaegerClient({ connection, credentials }),
      settings: { ...settings, inference: defaultInferenceDefinition },
      clock: systemClock,
      random: Math.random,
      onWindow: () => undefined,
      onBlock: (block) => {
        for (const { traceId } of tracesOf(block ? [block] : [])) got.add(traceId);
      },
    });
    const until = async (what: string, isTrue: () => boolean) => {
      for (let i = 0; !isTrue(); i++) {
        assert.ok(i < 300, `not ${what}: ${JSON.stringify(poller.status)}`);
        await delay(50);
      }
    };
    const send = async () => {
      const traceId = newTraceId();
      const span = {
        service: 'ai',
        name: 'ai_inference_pipeline',
        startUs: Date.now() * 1000,
        durationUs: 1000,
      };
      await postSpans(jaeger.otlpHttp, [{ ...span, traceId }]);
      return traceId;
    };
    try {
      const first = await send();
      poller.start();
      await until('found', () => got.has(first));
      const second = await send();
      await until('followed', () => got.has(second));
      await jaeger.stop();
      await until('failing', () => poller.status.kind === 'failing');
      jaeger = await startJaeger({ config: 'memory', ports: jaeger.ports });
      const third = await send();
      await until('recovered', () => got.has(third) && poller.status.kind === 'ok');
      assert.ok(poller.status.kind === 'ok' && poller.status.services.join() === 'ai');
    } finally {
      poller.dispose();
      await jaeger.stop();
    }
  });
});
