import type { ReducerName } from '../statistics/reducer';

/** What stands for the placeholders of a query. */
export interface PromqlValues {
  readonly windowUs: number;
  /** Services that are watched; none: all. */
  readonly services: readonly string[];
  /** Name of the span that is an inference. */
  readonly operation: string;
}

const selector = (suffix: string) =>
  `{__name__=~"(traces_span_metrics_)?duration_milliseconds_${suffix}",service_name=~"$service",span_name="$operation"}`;
const rate = (suffix: string, by: string) => `sum by (${by}) (rate(${selector(suffix)}[$window]))`;

/**
 * The query for the latency of the inference span in the metrics that OpenTelemetry's span metrics connector makes by default (its older
 * and its newer names, in milliseconds). `undefined` for a reducer that no histogram can tell.
 */
export function defaultPromql(reducer: ReducerName): string | undefined {
  switch (reducer) {
    case 'avg':
      return `${rate('sum', 'service_name')} / ${rate('count', 'service_name')}`;
    case 'median':
      return `histogram_quantile(0.5, ${rate('bucket', 'le, service_name')})`;
    default:
      return undefined;
  }
}

/** Whether a query looks back over `$window` itself, so that its value at one moment is already that of the window. */
export function coversWindow(promql: string): boolean {
  return /\$window\b/.test(promql);
}

/**
 * Fills in `$window` (a duration), `$service` (a regular expression, for `=~`) and `$operation` (a text, for `=`). Both are written for
 * strings in double quotes, out of which they cannot break.
 */
export function fillPromql(promql: string, { windowUs, services, operation }: PromqlValues): string {
  const values: Readonly<Record<string, string>> = {
    $window:
      windowUs % 1_000_000 === 0
        ? `${windowUs / 1_000_000}s`
        : `${Math.max(1, Math.round(windowUs / 1000))}ms`,
    $service: services.length === 0 ? '.+' : quoted(services.map(literal).join('|')),
    $operation: quoted(operation),
  };
  return promql.replace(/\$(window|service|operation)\b/g, (name) => values[name] ?? name);
}

/** A text within double quotes. */
function quoted(text: string): string {
  // Halves of surrogate pairs are no text for Prometheus.
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd')).slice(1, -1);
}

/** A text as RE2 matches it literally. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
