import type { ServiceSeries } from '../alerts/evaluateRule';
import type { MetricSeries } from './metricSeries';

/** Units in which a metric may come; `none` when it measures no time. */
export const metricUnits = ['ms', 's', 'us', 'none'] as const;

/** A unit of a metric. */
export type MetricUnit = (typeof metricUnits)[number];

const factors: Readonly<Record<MetricUnit, number>> = { ms: 1, s: 1000, us: 0.001, none: 1 };
/** Labels that name the service, the likeliest first. */
const serviceLabels = ['service_name', 'service', 'job'];

/**
 * The series of a metric as a rule looks at them, times in milliseconds. Each is called by its service; when that does not tell them
 * apart, by all its labels.
 */
export function toServiceSeries(series: readonly MetricSeries[], unit: MetricUnit): readonly ServiceSeries[] {
  const names = series.map(serviceOf);
  return series.map(({ labels, points }, index) => {
    const name = names[index];
    const isOnly = name !== undefined && names.indexOf(name) === names.lastIndexOf(name);
    return {
      service: isOnly ? name : labelsText(labels),
      points: points.map(({ timeUs, value }) => ({ timeUs, value: value * factors[unit] })),
    };
  });
}

function serviceOf({ labels }: MetricSeries): string | undefined {
  return serviceLabels.map((label) => labels.get(label)).find((name) => name !== undefined && name !== '');
}

function labelsText(labels: ReadonlyMap<string, string>): string {
  return `{${[...labels].map(([name, value]) => `${name}="${value}"`).join(', ')}}`;
}
