/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** Where spans are received, as variables for exporters. */
export interface Destination {
  /** For a program that speaks OTLP over HTTP: the endpoint and all that goes with it. */
  readonly http: Variables;
  /** The endpoint for a program that is told to speak gRPC; `undefined` when there is none. */
  readonly grpcUrl: string | undefined;
}

const endpointNames = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
const headerNames = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'];
/** Tells of a program which of its variables are not its user's; a VS Code that is started in such a terminal inherits them. */
const oursName = 'WHYSPAN_SET_VARIABLES';

/**
 * The variables to add to a run that has some already, given by its user: all that it takes for its spans to come here,
 * or none when the user has them go elsewhere, or not at all. What is given is never replaced.
 */
export function runVariables(destination: Destination, serviceName: string, given: Variables): Variables {
  const isGiven = (name: string) => Object.hasOwn(given, name);
  const exporter = exporterVariables(destination, given);
  if (exporter === undefined || endpointNames.some(isGiven)) return {};
  // Half of the headers would be worse than none: without its token the receiver refuses all.
  if (headerNames.some((name) => Object.hasOwn(exporter, name)) && headerNames.some(isGiven)) return {};
  const added: Record<string, string> = { ...exporter };
  // Whyspan takes traces only: what else is exported by default would be refused, and each refusal is logged by the program.
  if (!isGiven('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT')) added.OTEL_METRICS_EXPORTER = 'none';
  if (!isGiven('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT')) added.OTEL_LOGS_EXPORTER = 'none';
  const isNamed = /(^|,)\s*service\.name\s*=/.test(given.OTEL_RESOURCE_ATTRIBUTES ?? '');
  if (!isNamed) added.OTEL_SERVICE_NAME = serviceName;
  const names = Object.keys(added).filter((name) => !isGiven(name));
  return Object.fromEntries([...names.map((name) => [name, added[name]]), [oursName, names.join(',')]]);
}

/** The variables of an environment that are its user's: without those that Whyspan, in the window it comes from, has set. */
export function userVariables(environment: Readonly<Record<string, string | undefined>>): Variables {
  const ours = new Set(environment[oursName]?.split(','));
  const mine: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('OTEL_') && value !== undefined && !ours.has(name)) mine[name] = value;
  return mine;
}

/** `undefined` when the user's variables rule out that spans come here. */
function exporterVariables({ http, grpcUrl }: Destination, given: Variables): Variables | undefined {
  if (given.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return undefined;
  const exporters = given.OTEL_TRACES_EXPORTER?.split(',').map((name) => name.trim());
  if (exporters && !exporters.includes('otlp')) return undefined;
  const protocol = given.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? given.OTEL_EXPORTER_OTLP_PROTOCOL;
  if (protocol?.trim() !== 'grpc') return http;
  return grpcUrl === undefined ? undefined : { ...http, OTEL_EXPORTER_OTLP_ENDPOINT: grpcUrl };
}
