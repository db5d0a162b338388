import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type FailureKind, isHumanError } from '../../../src/core/humanError';
import { plainConnection } from '../../../src/sources/connection';
import { Credentials } from '../../../src/sources/credentials';
import { PrometheusClient } from '../../../src/sources/prometheusClient';
import { matrixAnswer } from '../core/metrics/samples';
import { type LyingServer, startLyingServer } from './lyingServer';
import { never, testClient } from './testClient';

const query = { promql: 'up{a="b & c"}', fromUs: 1_000_500_000, toUs: 2_000_000_000, stepUs: 15_000_000 };
const question = {
  services: ['a', 'b&c'],
  operation: 'ai_inference_pipeline',
  quantile: 0.95,
  windowUs: 300e6,
  fromUs: 5e9,
  toUs: 5e9,
  stepUs: 60e6,
};

let server: LyingServer;

/** A server that answers everything with one body. */
async function answering(status: number, body: string, type = 'application/json'): Promise<void> {
  server = await startLyingServer((_, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
}

function client(secret?: string): PrometheusClient {
  const auth = secret === undefined ? ({ type: 'none' } as const) : ({ type: 'bearer' } as const);
  const connection = { ...plainConnection('Prometheus', `${server.url}/prom`), auth };
  const credentials = new Credentials(connection, { readSecret: () => Promise.resolve(secret) });
  return new PrometheusClient(connection, credentials, { idleMs: 2000, totalMs: 4000 });
}

const fails = (kind: FailureKind, message: RegExp) => (error: unknown) => {
  assert.ok(isHumanError(error), String(error));
  assert.equal(error.kind, kind);
  assert.match(error.message, message);
  return true;
};

describe('PrometheusClient', () => {
  afterEach(() => server.stop());

  it('asks a range query below the base path, with its token, and reads the series', async () => {
    await answering(200, JSON.stringify(matrixAnswer));
    const { series } = await client('s3cret-token-1').queryRange(query, never);
    assert.equal(series.length, 2);
    const [request] = server.requests;
    const url = new URL(request?.url ?? '', 'http://h');
    assert.equal(url.pathname, '/prom/api/v1/query_range');
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      query: query.promql,
      start: '1000.500',
      end: '2000.000',
      step: '15.000',
    });
    assert.equal(request?.headers.authorization, 'Bearer s3cret-token-1');
  });

  it('says in the server’s words what is wrong with a query', async () => {
    const error = 'invalid parameter "query": 1:6: parse error: unclosed left parenthesis';
    await answering(400, JSON.stringify({ status: 'error', errorType: 'bad_data', error }));
    await assert.rejects(
      client().queryRange(query, never),
      fails('configuration', /cannot answer the query: .*1:6: parse error/),
    );
  });

  it('tells a refusal, a wrong address and another server apart, and names Prometheus', async () => {
    const cases: readonly [number, string, FailureKind, RegExp][] = [
      [401, 'Unauthorized', 'unauthorized', /does not accept who is asking/],
      [403, 'no', 'unauthorized', /right to read metrics/],
      [404, '404 page not found', 'not-jaeger', /no address of a Prometheus/],
      [503, '{"status":"error","error":"query timed out"}', 'server', /query timed out/],
      [200, '<html></html>', 'not-jaeger', /web page, not Prometheus's API/],
      [200, '{"data":[],"total":0}', 'not-jaeger', /JSON that is not Prometheus's/],
      [200, '{"status":"error","error":"nope"}', 'server', /Prometheus refuses the query: nope/],
      [200, '{"status":', 'broken-answer', /not valid JSON/],
      [200, 'hello', 'broken-answer', /not valid JSON/],
    ];
    for (const [status, body, kind, message] of cases) {
      await answering(status, body);
      await assert.rejects(client().queryRange(query, never), fails(kind, message), `${status} ${body}`);
      await server.stop();
    }
  });

  it('keeps a token out of what the server repeats', async () => {
    await answering(401, 'bad token s3cret-token-1', 'text/plain');
    await assert.rejects(client('s3cret-token-1').queryRange(query, never), (error: Error) => {
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
  });

  it('does not follow a redirect to another origin', async () => {
    server = await startLyingServer((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/api/v1/query_range' });
      response.end();
    });
    await assert.rejects(
      client('s3cret-token-1').queryRange(query, never),
      fails('redirected', /Nothing was sent there/),
    );
  });

  it('says that Prometheus, not Jaeger, does not run', async () => {
    await answering(200, '{}');
    const gone = client();
    await server.stop();
    await assert.rejects(gone.queryRange(query, never), fails('unreachable', /Is Prometheus running/));
  });

  it('gives up on an answer that is too large for an editor', async () => {
    server = await startLyingServer((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(`{"a":"${'x'.repeat(65_536)}",`));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await assert.rejects(client().queryRange(query, never), fails('too-large', /larger than 8 MB/));
  });
});

describe('JaegerClient and span metrics', () => {
  afterEach(() => server.stop());

  it('asks for the quantile of all kinds of spans over the window, and picks the operation', async () => {
    const metric = (operation: string) => ({
      labels: [
        { name: 'service_name', value: 'a' },
        { name: 'operation', value: operation },
      ],
      metricPoints: [{ gaugeValue: { doubleValue: 780 }, timestamp: '1970-01-01T01:23:20Z' }],
    });
    const metrics = [metric('measure'), metric(question.operation)];
    await answering(
      200,
      JSON.stringify({ name: 'service_operation_latencies', type: 'GAUGE', help: '', metrics }),
    );
    const { series } = await testClient({ url: server.url }).latencies(question, never);
    assert.deepEqual(
      series.map(({ points }) => points),
      [[{ timeUs: 5e9, value: 780 }]],
    );
    const { pathname, searchParams } = new URL(server.requests[0]?.url ?? '', 'http://h');
    assert.equal(pathname, '/api/metrics/latencies');
    assert.deepEqual(searchParams.getAll('service'), ['a', 'b&c']);
    assert.equal(searchParams.getAll('spanKind').length, 6);
    const asked = ['quantile', 'groupByOperation', 'endTs', 'lookback', 'step', 'ratePer'].map((name) =>
      searchParams.get(name),
    );
    assert.deepEqual(asked, ['0.95', 'true', '5000000', '1', '60000', '300000']);
  });

  it('says what a Jaeger without span metrics lacks, and what else can be done', async () => {
    await answering(
      501,
      '{"data":null,"errors":[{"code":501,"msg":"metrics querying is currently disabled"}]}',
      'text/plain',
    );
    await assert.rejects(
      testClient({ url: server.url }).latencies(question, never),
      fails('configuration', /without a metrics backend \(HTTP 501\).*whyspan\.metrics\.source/),
    );
  });
});
