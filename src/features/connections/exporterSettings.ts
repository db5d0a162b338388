import type { Endpoints } from '../../platform/embeddedSession';

/** The environment variables, as a shell takes them, that make OpenTelemetry's exporters send spans to an endpoint. */
export function exporterSettings({ otlpUrl }: Endpoints): string {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
