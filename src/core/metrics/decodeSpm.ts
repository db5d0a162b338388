import type { DecodeProblem } from '../decode/decodeProblem';
import { asArray, asObject, asString, type JsonObject, own } from '../decode/jsonValue';
import { parseRfc3339 } from '../jaeger/parseRfc3339';
import { cleanText } from '../trace/cleanText';
import type { MetricAnswer, MetricSeries } from './metricSeries';
import { PointWriter } from './pointWriter';

const longestText = 300;

/**
 * The answer of a Jaeger to `/api/metrics/latencies`, `calls` or `errors`: a metric family in the JSON of protobuf, without the envelope
 * of its other answers. Never throws.
 */
export function decodeSpm(json: unknown): MetricAnswer {
  const family = asObject(json);
  const metrics = family && own(family, 'metrics');
  if (!family || !Object.hasOwn(family, 'name') || !(Array.isArray(metrics) || metrics === null))
    return { kind: 'foreign' };
  const problems: DecodeProblem[] = [];
  const series = asArray(metrics).map((metric) => readMetric(asObject(metric) ?? {}, problems));
  return { kind: 'series', series, problems, warnings: [] };
}

function readMetric(metric: JsonObject, problems: DecodeProblem[]): MetricSeries {
  const writer = new PointWriter(problems);
  for (const item of asArray(own(metric, 'metricPoints'))) {
    const point = asObject(item) ?? {};
    const gauge = asObject(own(point, 'gaugeValue')) ?? {};
    const written = own(gauge, 'doubleValue') ?? own(gauge, 'intValue');
    const timestamp = asString(own(point, 'timestamp'));
    writer.add(timestamp === undefined ? undefined : parseRfc3339(timestamp), written);
  }
  return { labels: readLabels(own(metric, 'labels')), points: writer.points };
}

function readLabels(value: unknown): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const item of asArray(value)) {
    const label = asObject(item) ?? {};
    const [name, its] = [asString(own(label, 'name')), asString(own(label, 'value'))];
    if (name !== undefined && its !== undefined)
      labels.set(cleanText(name, longestText), cleanText(its, longestText));
  }
  return labels;
}
