import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from '../../tools/build.mjs';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';
import { waitUntil } from '../support/waitUntil';
import { newTraceId, postSpans } from './otlpPost';

const program = resolve(__dirname, '../../dist/cli.js');

interface CliAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function whyspan(...args: readonly string[]): Promise<CliAnswer> {
  return whyspanWith({}, ...args);
}

function whyspanWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CliAnswer> {
  const options = { timeout: 30_000, env: { ...process.env, ...env } };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], options, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

describe('the built command line and a real Jaeger', function () {
  this.timeout(120_000);

  before(async () => {
    // `npm test` has built it already; alone, this test uses what is there.
    if (!existsSync(program)) await build();
  });

  it('lists, shows and exports what Jaeger has, and reads its own file', async () => {
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

  it('is let in by a guarded Jaeger with its certificate, a header, and a password of the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whyspan-cli-'));
    const jaeger = await startJaeger({ config: 'secure' });
    try {
      const { username = '', password = '', tenantHeader = '', certificate = '' } = jaeger.secure ?? {};
      const ca = join(folder, 'ca.pem');
      await writeFile(ca, certificate);
      const login = { WHYSPAN_USERNAME: username, WHYSPAN_PASSWORD: password, TENANT: 'acme' };
      const from = ['list', '--jaeger', jaeger.url];
      const tenant = ['--header', `${tenantHeader}: acme`];
      const trusted = [...from, '--ca', ca];
      // This Jaeger has no traces for its tenants: being let in is that nothing is found.
      for (const header of [tenant, ['--header-env', `${tenantHeader}: TENANT`]])
        assert.deepEqual(await whyspanWith(login, ...trusted, ...header), {
          code: 1,
          out: '',
          err: 'There are no traces.\n',
        });
      const refused: readonly (readonly [Promise<CliAnswer>, RegExp])[] = [
        [whyspanWith(login, ...from, ...tenant), /certificate.* --ca\.\n/],
        [whyspanWith(login, ...trusted), /missing tenant header/],
        [whyspanWith({ ...login, WHYSPAN_PASSWORD: 'wrong' }, ...trusted, ...tenant), /invalid credentials/],
        [whyspan(...trusted, ...tenant), /no basic auth provided/],
      ];
      for (const [answer, message] of refused) {
        const { code, err } = await answer;
        assert.equal(code, 3, err);
        assert.match(err, message);
      }
    } finally {
      await jaeger.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
