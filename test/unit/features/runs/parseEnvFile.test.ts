import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseEnvFile } from '../../../../src/features/runs/parseEnvFile';

describe('a .env file', () => {
  it('is read as shells and debuggers read it', () => {
    const text = [
      '\ufeff# where spans go',
      'OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example/#a # ours',
      '  export OTEL_SERVICE_NAME = "my service" ',
      "OTEL_TRACES_EXPORTER='console'\r",
      'EMPTY=',
      'no assignment',
      '1A=b',
    ].join('\n');
    assert.deepEqual(parseEnvFile(text), {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/#a',
      OTEL_SERVICE_NAME: 'my service',
      OTEL_TRACES_EXPORTER: 'console',
      EMPTY: '',
    });
  });

  it('never throws, and gives text only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const value of Object.values(parseEnvFile(text))) assert.equal(typeof value, 'string');
      }),
    );
  });
});
