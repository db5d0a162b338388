import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exporterSettings, portNotes } from '../../../../src/features/connections/exporterSettings';
import { english as t } from '../explorer/english';

const endpoints = {
  otlpUrl: 'http://127.0.0.1:4318',
  isOtherOtlpPort: false,
  isTakenByWhyspan: false,
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
    assert.equal(portNotes(endpoints, t), 'The old Jaeger exporter can send to UDP 6831.');
  });

  it('say who has the usual port', () => {
    const other = { ...endpoints, isOtherOtlpPort: true };
    assert.match(portNotes(other, t), /^Another program has port 4318/);
    assert.match(
      portNotes({ ...other, isTakenByWhyspan: true }, t),
      /^Another window with Whyspan has port 4318/,
    );
  });

  it('say when the agent’s port is another program’s', () => {
    assert.match(portNotes({ ...endpoints, agentPort: undefined }, t), /UDP 6831 belongs to another program/);
  });
});
