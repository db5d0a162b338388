import { formatDuration, formatElapsed, formatNumber } from '../../core/duration';
import { mix } from '../../core/statistics/mix';
import { quantile } from '../../core/statistics/quantile';
import { reduce } from '../../core/statistics/reducer';
import { type Trend, trend } from '../../core/statistics/trend';
import type { SiteSample } from '../../core/store/traceStore';
import { cleanText } from '../../core/trace/cleanText';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** A window that ends now. */
export interface RecentWindow {
  readonly nowUs: number;
  readonly windowUs: number;
}

const arrows: Record<Trend, string> = { rising: '↗', falling: '↘', steady: '→' };
const separator = ' · ';

/** The lens of a function: how often it ran, how long its storage (or, of other spans, itself) took, what was predicted. */
export function lensText(samples: readonly SiteSample[], t: Translate): string {
  const parts = [samples.length === 1 ? t('1 run') : t('{0} runs', String(samples.length))];
  const latencies = latenciesOf(samples);
  const isInference = samples.some((sample) => sample.inference !== undefined);
  if (latencies.length > 0) {
    parts.push(t('storage avg {0} ms', number(reduce('avg', latencies))));
    parts.push(t('p95 {0} ms', number(quantile(latencies, 0.95))));
  } else if (!isInference) {
    const durations = samples.map((sample) => sample.span.durationUs);
    parts.push(t('avg {0}', formatElapsed(reduce('avg', durations) ?? 0)));
    parts.push(t('p95 {0}', formatElapsed(quantile(durations, 0.95) ?? 0)));
  }
  const predictions = predictionsOf(samples);
  const [last] = predictions;
  if (last !== undefined) {
    parts.push(t('last → {0}', labelText(last, 24)));
    parts.push(mixText(predictions, t));
  }
  const errors = samples.filter((sample) => sample.span.status === 'error').length;
  if (errors > 0) parts.push(t('{0} % errors', percent(errors / samples.length)));
  return parts.join(separator);
}

/** The text at the end of the line that sets the latency: the last value, the average of the window, which way it goes. */
export function latencyText(
  samples: readonly SiteSample[],
  { nowUs, windowUs }: RecentWindow,
  t: Translate,
): string {
  const [last] = latenciesOf(samples);
  if (last === undefined) return '';
  const recent = latenciesOf(samples.filter(({ endTimeUs }) => endTimeUs > nowUs - windowUs));
  const average = reduce('avg', recent);
  const parts = [t('{0} ms', number(last))];
  parts.push(
    average === undefined
      ? t('none in the last {0}', formatDuration(windowUs))
      : t('avg {0} ms in {1}', number(average), formatDuration(windowUs)),
  );
  const direction = trend(latenciesOf(samples).slice(0, 60).reverse());
  const words: Record<Trend, string> = { rising: t('rising'), falling: t('falling'), steady: t('steady') };
  if (direction) parts.push(`${arrows[direction]} ${words[direction]}`);
  return parts.join(separator);
}

/** The text at the end of the line that sets the prediction: the last one, and the mix of all. */
export function predictionText(samples: readonly SiteSample[], t: Translate): string {
  const predictions = predictionsOf(samples);
  const [last] = predictions;
  return last === undefined ? '' : [`→ ${labelText(last, 40)}`, mixText(predictions, t)].join(separator);
}

/** The most frequent predictions with their shares; of many different numbers their average, since none of them repeats. */
export function mixText(predictions: readonly string[], t: Translate): string {
  const shares = mix(predictions);
  const numbers = predictions.map(Number);
  const isContinuous =
    shares.length > 10 && shares.length > predictions.length / 2 && numbers.every(Number.isFinite);
  if (isContinuous) return t('avg {0}', number(reduce('avg', numbers)));
  const top = shares.slice(0, 3).map(({ label, share }) => `${labelText(label, 16)}: ${percent(share)} %`);
  return shares.length > 3 ? `${top.join(', ')}, …` : top.join(', ');
}

/** The latencies in milliseconds that can be read, in the order of the samples. */
export function latenciesOf(samples: readonly SiteSample[]): number[] {
  return samples.flatMap(({ inference }) => inference?.storageLatencyMs ?? []);
}

/** The predictions that are not empty, in the order of the samples. */
export function predictionsOf(samples: readonly SiteSample[]): string[] {
  return samples.flatMap(({ inference }) => inference?.prediction || []);
}

/** A prediction in a lens, where `$(name)` would draw an icon. */
function labelText(label: string, maxLength: number): string {
  return cleanText(label, maxLength).replaceAll('$(', '$ (');
}

function number(value: number | undefined): string {
  return value === undefined ? '' : formatNumber(value);
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? '<1' : String(Math.round(share * 100));
}
