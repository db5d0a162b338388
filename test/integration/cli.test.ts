import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from '../../tools/build.mjs';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';
import { waitUntil } from '../support/waitUntil';
import { newTraceId, postSpans } from './otlpPost';

const program = resolve(__dirname, '../../dist/cli.js');

function whyspan(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { timeout: 30_000 }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

describe('the built command line and a real Jaeger', function () {
  this.timeout(120_000);

  it('lists, shows and exports what Jaeger has, and reads its own file', async () => {
    // `npm test` has built it already; alone, this test uses what is there.
    if (!existsSync(program)) await build();
    const folder = await mkdtemp(join(tmpdir(), 'whyspan-cli-'));
    const jaeger = await startJaeger({ config: 'memory' });
    try {
      const traceId = newTraceId();
      const parts = { service: 'ai', traceId, startUs: (Date.now() - 5000) * 1000, durationUs: 20_000 };
      const attributes = { storage_latency_ms: 12.5, model_prediction: 'cat' };
      const root = { ...parts, spanId: 'a'.repeat(16), name: 'ai_inference_pipeline', attributes };
      const child = { ...parts, parentSpanId: 'a'.repeat(16), name: 'load', durationUs: 12_500 };
      await postSpans(jaeger.otlpHttp, [root, child]);
      const from = ['--jaeger', jaeger.url];
      await waitUntil('the trace', async () => (await whyspan('list', ...from)).out.includes(traceId));
      const inferences = await whyspan(
        'list',
        ...from,
        '--inferences',
        '--service',
        'ai',
        '--lookback',
        '10m',
      );
      assert.match(inferences.out, /storage 12\.5 ms {2}→ cat/);
      const shown = await whyspan('show', traceId, ...from);
      assert.match(shown.out, /ai_inference_pipeline {2}20 ms \(self 7\.5 ms\)/);
      assert.match(shown.out, /\n {4}load {2}12\.5 ms/);
      for (const format of ['jaeger', 'otlp']) {
        const file = join(folder, `${format}.json.gz`);
        assert.equal((await whyspan('export', ...from, '--format', format, '-o', file)).code, 0);
        assert.equal((await whyspan('import', file)).code, 0);
        const again = await whyspan('list', file);
        assert.equal(again.out, (await whyspan('list', ...from)).out);
      }
      assert.equal((await whyspan('show', newTraceId(), ...from)).code, 1);
      await jaeger.stop();
      assert.equal((await whyspan('list', ...from)).code, 3);
    } finally {
      await jaeger.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
