import { type Endpoints, isEveryAddress, urlOf } from '../../platform/endpoints';
import { tokenHeader } from '../../sources/otlpReceiver/requestGuard';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

type Variables = Readonly<Record<string, string>>;

const headersName = 'OTEL_EXPORTER_OTLP_HEADERS';

/** What is unusual about where spans are received; empty when nothing is. */
export function portNotes(endpoints: Endpoints, t: Translate): string {
  const notes: string[] = [];
  const port = String(endpoints.wantedPort);
  if (endpoints.sharing === 'following') {
    notes.push(t('Another window with Whyspan has port {0}; what it receives is shown here, too.', port));
  } else if (endpoints.isTakenByWhyspan) {
    notes.push(
      t('Another window with Whyspan has port {0}, so this one listens on a port of its own.', port),
    );
  } else if (endpoints.isOtherOtlpPort) {
    notes.push(t('Another program has port {0}, so Whyspan listens on a port of its own.', port));
  }
  if (endpoints.openTo)
    notes.push(
      t(
        'Other machines can send to {0} with that token, so give it to nobody else. Exporters must speak http/protobuf there.',
        endpoints.openTo.address,
      ),
    );
  notes.push(
    endpoints.grpcUrl === undefined
      ? t('Port 4317 belongs to another program: exporters must speak http/protobuf, not gRPC.')
      : t('Exporters that speak gRPC can send to {0}.', endpoints.grpcUrl),
  );
  notes.push(
    endpoints.agentPort === undefined
      ? t('UDP 6831 belongs to another program: the old Jaeger exporter cannot send here.')
      : t('The old Jaeger exporter can send to UDP {0}.', String(endpoints.agentPort)),
  );
  return notes.join(' ');
}

/** The environment variables that make OpenTelemetry's exporters, on this machine, send spans to an endpoint. */
export function exporterVariables({ otlpUrl, openTo }: Endpoints): Variables {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    ...(openTo === undefined ? {} : { [headersName]: `${tokenHeader}=${openTo.token}` }),
  };
}

/** The same for a program in a container; `undefined` when it cannot reach this machine. */
export function containerVariables(endpoints: Endpoints): Variables | undefined {
  if (!endpoints.openTo) return undefined;
  const { address, port } = endpoints.openTo;
  const host = isEveryAddress(address) ? 'host.docker.internal' : address;
  return { ...exporterVariables(endpoints), OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(host, port) };
}

/** Variables as a shell takes them in front of a command. */
export function shellText(variables: Variables): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** The same for reading: without the token, which notifications keep. */
export function shownText(variables: Variables): string {
  return shellText(
    headersName in variables ? { ...variables, [headersName]: `${tokenHeader}=…` } : variables,
  );
}
