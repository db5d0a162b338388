import { formatDuration, formatNumber } from '../../core/duration';
import type { Share } from '../../core/statistics/mix';
import { type Trend, trend } from '../../core/statistics/trend';
import type { SiteSummary } from '../../core/store/siteSummary';
import { cleanText } from '../../core/trace/cleanText';
import { sampleText } from '../../platform/sampleText';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** A window that ends now. */
export interface RecentWindow {
  readonly nowUs: number;
  readonly windowUs: number;
}

const arrows: Record<Trend, string> = { rising: '↗', falling: '↘', steady: '→' };
const separator = ' · ';

/** The text at the end of the line that sets the latency: the last value, the average of the window, which way it goes. */
export function latencyText(summary: SiteSummary, { nowUs, windowUs }: RecentWindow, t: Translate): string {
  const newest = summary.newest.flatMap(({ inference }) => inference?.storageLatencyMs ?? []);
  const [last] = newest;
  if (last === undefined) return '';
  const average = summary.averageLatencyMsSince(nowUs - windowUs);
  const parts = [t('{0} ms', number(last))];
  parts.push(
    average === undefined
      ? t('none in the last {0}', formatDuration(windowUs))
      : t('avg {0} ms in {1}', number(average), formatDuration(windowUs)),
  );
  const sample = summary.sampleSince(nowUs - windowUs);
  if (sample) parts.push(t('a sample, {0}', sampleText(sample, t)));
  const direction = trend(newest.reverse());
  const words: Record<Trend, string> = { rising: t('rising'), falling: t('falling'), steady: t('steady') };
  if (direction) parts.push(`${arrows[direction]} ${words[direction]}`);
  return parts.join(separator);
}

/** The same for inferences of an imported file, which are of no window: the last value and the average of all. */
export function importedLatencyText({ newest, latencyMs }: SiteSummary, t: Translate): string {
  const last = newest.find(({ inference }) => inference?.storageLatencyMs !== undefined)?.inference;
  if (last === undefined) return '';
  const parts = [t('{0} ms', number(last.storageLatencyMs)), t('avg {0} ms', number(latencyMs.avg))];
  return parts.join(separator);
}

/** A text about spans of an imported file, which says so; an empty one stays empty. */
export function fromFile(text: string, fileName: string | undefined, t: Translate): string {
  if (text === '' || fileName === undefined) return text;
  return [text, t('from {0}', labelText(fileName, 40))].join(separator);
}

/** The text at the end of the line that sets the prediction: the last one, and the mix of the window, or of all where there is none. */
export function predictionText(summary: SiteSummary, window: RecentWindow | undefined, t: Translate): string {
  const last = lastPrediction(summary);
  if (last === undefined) return '';
  const mix = window ? recentMixText(summary, window, t) : mixText(summary.predictions, t);
  const parts = [`→ ${labelText(last, 40)}`, mix];
  const sample = window ? summary.sampleSince(window.nowUs - window.windowUs) : summary.sample;
  if (sample) parts.push(t('a sample, {0}', sampleText(sample, t)));
  return parts.join(separator);
}

function recentMixText(summary: SiteSummary, { nowUs, windowUs }: RecentWindow, t: Translate): string {
  const recent = summary.predictionsSince(nowUs - windowUs);
  return recent.length === 0
    ? t('none in the last {0}', formatDuration(windowUs))
    : t('{0} in {1}', mixText(recent, t), formatDuration(windowUs));
}

/** The most frequent predictions with their shares; of many different numbers their average, since none of them repeats. */
export function mixText(shares: readonly Share[], t: Translate): string {
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  const isContinuous =
    shares.length > 10 &&
    shares.length > total / 2 &&
    shares.every(({ label }) => Number.isFinite(Number(label)));
  if (isContinuous) {
    return t('avg {0}', number(shares.reduce((sum, { label, share }) => sum + Number(label) * share, 0)));
  }
  const top = shares.slice(0, 3).map(({ label, share }) => `${labelText(label, 16)}: ${percent(share)} %`);
  return shares.length > 3 ? `${top.join(', ')}, …` : top.join(', ');
}

/** What was predicted last. */
export function lastPrediction({ newest }: SiteSummary): string | undefined {
  return newest.find(({ inference }) => inference?.prediction)?.inference?.prediction;
}

/** A prediction in a lens, where `$(name)` would draw an icon. */
export function labelText(label: string, maxLength: number): string {
  return cleanText(label, maxLength).replaceAll('$(', '$ (');
}

function number(value: number | undefined): string {
  return value === undefined ? '' : formatNumber(value);
}

/** A part of 1 in percent; what is less than one percent is not called nothing. */
export function percent(share: number): string {
  return share > 0 && share < 0.01 ? '<1' : String(Math.round(share * 100));
}
