import type { Endpoints } from '../../platform/embeddedSession';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** What is unusual about where spans are received; empty when nothing is. */
export function portNotes(endpoints: Endpoints, t: Translate): string {
  const notes: string[] = [];
  const port = String(endpoints.wantedPort);
  if (endpoints.isTakenByWhyspan) {
    notes.push(
      t('Another window with Whyspan has port {0}, so this one listens on a port of its own.', port),
    );
  } else if (endpoints.isOtherOtlpPort) {
    notes.push(t('Another program has port {0}, so Whyspan listens on a port of its own.', port));
  }
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

/** The environment variables that make OpenTelemetry's exporters send spans to an endpoint. */
export function exporterVariables({ otlpUrl }: Endpoints): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
  };
}

/** The same variables, as a shell takes them. */
export function exporterSettings(endpoints: Endpoints): string {
  return Object.entries(exporterVariables(endpoints))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
