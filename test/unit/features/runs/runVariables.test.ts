import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type Destination,
  runVariables,
  userVariables,
  type Variables,
} from '../../../../src/features/runs/runVariables';

const http = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  OTEL_TRACES_EXPORTER: 'otlp',
};
const destination: Destination = { http, grpcUrl: 'http://127.0.0.1:4317' };
const marker = 'WHYSPAN_SET_VARIABLES';

/** What is added to a run with these variables, the mark that it is ours aside. */
function added(given: Variables, to = destination): Variables {
  const { [marker]: _, ...rest } = runVariables(to, 'service', given);
  return rest;
}

describe('the variables of a run', () => {
  it('send its spans here, under a name, and nothing that would be refused', () => {
    assert.deepEqual(added({ PATH: '/bin' }), {
      ...http,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_SERVICE_NAME: 'service',
    });
  });

  for (const given of [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.example/v1/traces' },
    { OTEL_SDK_DISABLED: 'True' },
    { OTEL_TRACES_EXPORTER: 'console' },
    { OTEL_TRACES_EXPORTER: 'none' },
  ]) {
    it(`are none when the user says ${JSON.stringify(given)}`, () => {
      assert.deepEqual(runVariables(destination, 'service', given), {});
    });
  }

  it('leave a token away together with the rest when the user has headers of their own', () => {
    const withToken = { ...destination, http: { ...http, OTEL_EXPORTER_OTLP_HEADERS: 'token=t' } };
    assert.equal(added({}, withToken).OTEL_EXPORTER_OTLP_HEADERS, 'token=t');
    for (const name of ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS']) {
      assert.deepEqual(added({ [name]: 'key=secret' }, withToken), {});
      assert.equal(added({ [name]: 'key=secret' }).OTEL_EXPORTER_OTLP_ENDPOINT, 'http://127.0.0.1:4318');
    }
  });

  it('export to what is said beside us, too', () => {
    const { OTEL_TRACES_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT } = added({
      OTEL_TRACES_EXPORTER: 'console, otlp',
    });
    assert.deepEqual(
      [OTEL_TRACES_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT],
      [undefined, 'http://127.0.0.1:4318'],
    );
  });

  it('go to the port of the protocol that the user says', () => {
    for (const name of ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL']) {
      const grpc = added({ [name]: 'grpc' });
      assert.deepEqual([grpc.OTEL_EXPORTER_OTLP_ENDPOINT, grpc[name]], ['http://127.0.0.1:4317', undefined]);
      assert.deepEqual(added({ [name]: 'grpc' }, { http, grpcUrl: undefined }), {});
      assert.equal(added({ [name]: 'http/json' }).OTEL_EXPORTER_OTLP_ENDPOINT, 'http://127.0.0.1:4318');
    }
  });

  it('keep metrics and logs where the user has them go', () => {
    const given = {
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://collector.example/v1/metrics',
      OTEL_LOGS_EXPORTER: 'console',
    };
    const { OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER } = added(given);
    assert.deepEqual([OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER], [undefined, undefined]);
    assert.equal(
      added({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://c.example' }).OTEL_LOGS_EXPORTER,
      undefined,
    );
  });

  it('keep the name that the user gives in either way', () => {
    for (const given of [
      { OTEL_SERVICE_NAME: 'mine' },
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=mine' },
      { OTEL_RESOURCE_ATTRIBUTES: 'a=b, service.name = mine' },
    ])
      assert.equal(added(given).OTEL_SERVICE_NAME, undefined);
    assert.equal(added({ OTEL_RESOURCE_ATTRIBUTES: 'my.service.name=x' }).OTEL_SERVICE_NAME, 'service');
  });

  it('never replace what is given, and are all it takes or none', () => {
    const names = [...Object.keys(added({})), 'OTEL_RESOURCE_ATTRIBUTES', 'OTEL_EXPORTER_OTLP_HEADERS'];
    const values = fc.constantFrom('', 'otlp', 'none', 'grpc', 'service.name=a', 'http/json');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), values), (given) => {
        const result = runVariables(destination, 'service', given);
        assert.deepEqual(
          Object.keys(result).filter((name) => name in given),
          [],
        );
        assert.equal(Object.keys(result).length > 0, 'OTEL_EXPORTER_OTLP_ENDPOINT' in result);
      }),
    );
  });
});

describe('the user’s variables', () => {
  it('are not those that Whyspan gave the terminal in which VS Code was started', () => {
    const inherited = {
      ...runVariables(destination, 'other', { OTEL_LOGS_EXPORTER: 'console' }),
      OTEL_LOGS_EXPORTER: 'console',
    };
    assert.deepEqual(userVariables(inherited), { OTEL_LOGS_EXPORTER: 'console' });
  });

  it('are all others of OpenTelemetry', () => {
    assert.deepEqual(userVariables({ PATH: '/bin', OTEL_SERVICE_NAME: 'a', OTEL_X: undefined }), {
      OTEL_SERVICE_NAME: 'a',
    });
  });
});
