import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  containerVariables,
  exporterVariables,
  portNotes,
  shellText,
  shownText,
} from '../../../../src/features/connections/exporterSettings';
import type { Endpoints } from '../../../../src/platform/endpoints';
import { english as t } from '../explorer/english';

const endpoints: Endpoints = {
  otlpUrl: 'http://127.0.0.1:4318',
  wantedPort: 4318,
  isOtherOtlpPort: false,
  isTakenByWhyspan: false,
  sharing: 'none',
  openTo: undefined,
  grpcUrl: 'http://127.0.0.1:4317',
  agentPort: 6831,
};

describe('the exporter settings', () => {
  it('are variables that a shell takes in front of a command', () => {
    assert.equal(
      shellText(exporterVariables(endpoints)),
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

  it('say that another window shares what it receives', () => {
    const following: Endpoints = {
      ...endpoints,
      ...{ isOtherOtlpPort: true, isTakenByWhyspan: true, wantedPort: 5000, sharing: 'following' },
    };
    assert.match(portNotes(following, t), /^Another window with Whyspan has port 5000; what it receives is/);
  });

  describe('where others can send, too', () => {
    const open: Endpoints = {
      ...endpoints,
      otlpUrl: 'http://127.0.0.1:5000',
      openTo: { address: '0.0.0.0', port: 5000, token: 'T0ken' },
    };

    it('have the token, which is not shown', () => {
      assert.match(
        shellText(exporterVariables(open)),
        /^OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/127\.0\.0\.1:5000 .* OTEL_EXPORTER_OTLP_HEADERS=x-whyspan-token=T0ken$/,
      );
      assert.match(shownText(exporterVariables(open)), /OTEL_EXPORTER_OTLP_HEADERS=x-whyspan-token=…$/);
      assert.match(portNotes(open, t), /^Other machines can send to 0\.0\.0\.0 with that token/);
    });

    it('name the host as a container sees it', () => {
      const endpointOf = (address: string) =>
        containerVariables({ ...open, openTo: { address, port: 5000, token: 'T0ken' } })
          ?.OTEL_EXPORTER_OTLP_ENDPOINT;
      assert.equal(endpointOf('0.0.0.0'), 'http://host.docker.internal:5000');
      assert.equal(endpointOf('::'), 'http://host.docker.internal:5000');
      assert.equal(endpointOf('172.17.0.1'), 'http://172.17.0.1:5000');
      assert.equal(endpointOf('fd00::1'), 'http://[fd00::1]:5000');
    });

    it('are none for containers where only this machine can send', () => {
      assert.equal(containerVariables(endpoints), undefined);
      assert.ok(!shellText(exporterVariables(endpoints)).includes('HEADERS'));
    });
  });
});
