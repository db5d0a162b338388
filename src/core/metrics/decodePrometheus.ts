import type { DecodeProblem } from '../decode/decodeProblem';
import { asArray, asObject, asString, type JsonObject, own } from '../decode/jsonValue';
import { cleanText } from '../trace/cleanText';
import type { MetricAnswer, MetricSeries } from './metricSeries';
import { PointWriter } from './pointWriter';

const longestText = 300;

/**
 * The answer of a Prometheus to `/api/v1/query` or `/api/v1/query_range`: a matrix, a vector, or a scalar, which is one series without
 * labels. Staleness needs no care: Prometheus leaves stale samples out. Never throws.
 */
export function decodePrometheus(json: unknown): MetricAnswer {
  const answer = asObject(json);
  const status = answer && own(answer, 'status');
  if (!answer || (status !== 'success' && status !== 'error')) return { kind: 'foreign' };
  if (status === 'error') {
    const reason = cleanText(asString(own(answer, 'error')) ?? '', longestText);
    return { kind: 'refused', reason };
  }
  const data = asObject(own(answer, 'data'));
  const resultType = data && own(data, 'resultType');
  if (!data || typeof resultType !== 'string') return { kind: 'foreign' };
  const problems: DecodeProblem[] = [];
  const series = readResult(resultType, own(data, 'result'), problems);
  const warnings = asArray(own(answer, 'warnings'))
    .filter((warning) => typeof warning === 'string')
    .map((warning) => cleanText(warning, longestText));
  return { kind: 'series', series, problems, warnings };
}

function readResult(resultType: string, result: unknown, problems: DecodeProblem[]): readonly MetricSeries[] {
  switch (resultType) {
    case 'matrix':
    case 'vector':
      return asArray(result).map((item) => readSeries(asObject(item) ?? {}, problems));
    case 'scalar':
      return [{ labels: new Map(), points: pointsOf([result], problems) }];
    default:
      problems.push({ what: 'the result is no series of numbers', where: '' });
      return [];
  }
}

function readSeries(series: JsonObject, problems: DecodeProblem[]): MetricSeries {
  if (Object.hasOwn(series, 'histogram') || Object.hasOwn(series, 'histograms')) {
    problems.push({
      what: 'native histograms are no numbers: use histogram_quantile or histogram_avg',
      where: '',
    });
  }
  const one = own(series, 'value');
  const samples = one === undefined ? asArray(own(series, 'values')) : [one];
  return { labels: readLabels(asObject(own(series, 'metric')) ?? {}), points: pointsOf(samples, problems) };
}

/** Samples are pairs of seconds since the Unix epoch and a value as text. */
function pointsOf(samples: readonly unknown[], problems: DecodeProblem[]): MetricSeries['points'] {
  const writer = new PointWriter(problems);
  for (const sample of samples) {
    const [seconds, value] = asArray(sample);
    writer.add(typeof seconds === 'number' ? Math.round(seconds * 1e6) : undefined, value);
  }
  return writer.points;
}

function readLabels(metric: JsonObject): ReadonlyMap<string, string> {
  const pairs = Object.entries(metric).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[cleanText(name, longestText), cleanText(value, longestText)]] : [],
  );
  return new Map(pairs);
}
