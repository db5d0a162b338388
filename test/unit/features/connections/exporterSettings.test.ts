import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exporterSettings, portNotes } from '../../../../src/features/connections/exporterSettings';
import { english as t } from '../explorer/english';

const endpoints = {
  otlpUrl: 'http://127.0.0.1:4318',
  wantedPort: 4318,
  isOtherOtlpPort: false,
  isTakenByWhyspan: false,
  grpcUrl: 'http://127.0.0.1:4317',
  agentPort: 6831,
};

describe('the exporter settings', () => {
  it('are variables that a shell takes in front of a command', () => {
    assert.equal(
      exporterSettings(endpoints),
      'OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_TRACES_EXPORTER=otlp',
    );
  });

  it('say nothing of the port when it is the usual one', () => {
    assert.equal(
      portNotes(endpoints, t),
      'Exporters that speak gRPC can send to http://127.0.0.1:4317. The old Jaeger exporter can send to UDP 6831.',
    );
  });

  it('say who has the usual port', () => {
    const other = { ...endpoints, isOtherOtlpPort: true };
    assert.match(portNotes(other, t), /^Another program has port 4318/);
    assert.match(
      portNotes({ ...other, isTakenByWhyspan: true }, t),
      /^Another window with Whyspan has port 4318/,
    );
  });

  it('say when the port of gRPC is another program’s', () => {
    assert.match(portNotes({ ...endpoints, grpcUrl: undefined }, t), /4317 belongs to another program/);
  });

  it('say when the agent’s port is another program’s', () => {
    assert.match(portNotes({ ...endpoints, agentPort: undefined }, t), /UDP 6831 belongs to another program/);
  });
});
