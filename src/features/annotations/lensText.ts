import { formatDuration, formatElapsed, formatNumber } from '../../core/duration';
import type { LensFormat } from '../../core/lens/lensFormat';
import type { Distribution } from '../../core/store/distribution';
import type { SiteComparison } from '../../core/store/siteComparison';
import type { SiteSummary } from '../../core/store/siteSummary';
import { latencyText } from '../../platform/latencyText';
import { sampleText } from '../../platform/sampleText';
import { splitText } from '../../platform/splitText';
import { labelText, lastPrediction, mixText, percent, type RecentWindow, type Translate } from './text';

/** What a lens is filled with beside what is known of its function. */
export interface LensContext {
  /** The alert's window; `undefined` for imported traces, which are of no window. */
  readonly recent: RecentWindow | undefined;
  /** Of the storage latency, in milliseconds; `undefined` when the alert watches something else. */
  readonly thresholdMs: number | undefined;
  /** The function's part of what traces waited for; `undefined` when that is not known. */
  readonly share: number | undefined;
  readonly t: Translate;
}

const quantiles: Readonly<Record<string, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 };
/** A difference that is smaller than this part is none. */
const steadyWithin = 0.2;

/** The lens of a function, in the user's format. */
export function lensText(summary: SiteSummary, format: LensFormat, context: LensContext): string {
  return format.fill((field) => lensField(field, summary, context));
}

function lensField(field: string, summary: SiteSummary, context: LensContext): string {
  const { t, share } = context;
  switch (field) {
    case 'runs':
      return runsText(summary, t);
    case 'avg':
      return timeText('avg', summary, t);
    case 'p95':
      return timeText('p95', summary, t);
    case 'threshold':
      return thresholdText(summary, context);
    case 'threshold.share':
      return shareText(thresholdShare(summary, context));
    case 'last': {
      const last = lastPrediction(summary);
      return last === undefined ? '' : t('last → {0}', labelText(last, 24));
    }
    case 'predictions':
      return mixText(summary.predictions, t);
    case 'errors':
      return summary.errors > 0 ? t('{0} % errors', percent(summary.errorShare)) : '';
    case 'errors.share':
      return summary.errors > 0 ? shareText(summary.errorShare) : '';
    case 'trend':
      return context.recent ? trendText(summary.compareWithBefore(beginOf(context.recent)), t) : '';
    case 'split':
      return splitText(summary.split()?.shares ?? [], t);
    case 'share':
      return share === undefined ? '' : t('{0} % of the critical path', percent(share));
    default:
      return valueText(field, summary);
  }
}

function runsText({ runs, sample }: SiteSummary, t: Translate): string {
  if (sample) return t('{0} runs', sampleText(sample, t));
  return runs === 1 ? t('1 run') : t('{0} runs', String(runs));
}

/** Of the storage; of spans that are no inferences, how long they took. Of inferences without a latency nothing: theirs is not the storage's. */
function timeText(which: 'avg' | 'p95', summary: SiteSummary, t: Translate): string {
  const { latencyMs, durationUs, inferences, isLatencyDerived } = summary;
  if (latencyMs.count > 0) {
    const value = statistic(latencyMs, which) ?? 0;
    return which === 'avg'
      ? t('storage avg {0}', latencyText(value, isLatencyDerived, t))
      : t('p95 {0} ms', formatNumber(value));
  }
  if (inferences > 0) return '';
  const value = formatElapsed(statistic(durationUs, which) ?? 0);
  return which === 'avg' ? t('avg {0}', value) : t('p95 {0}', value);
}

/** `latency.p95` and its like. */
function valueText(field: string, { latencyMs, durationUs }: SiteSummary): string {
  const [of, which = ''] = field.split('.');
  if (of === 'latency') {
    const value = statistic(latencyMs, which);
    return value === undefined ? '' : `${formatNumber(value)} ms`;
  }
  const value = statistic(durationUs, which);
  return value === undefined ? '' : formatElapsed(value);
}

function statistic(values: Distribution, which: string): number | undefined {
  if (which === 'avg') return values.avg;
  return which === 'max' ? values.max : values.quantile(quantiles[which] ?? 0.5);
}

function thresholdText(summary: SiteSummary, context: LensContext): string {
  const share = thresholdShare(summary, context);
  if (share === undefined || !context.recent) return '';
  const window = formatDuration(context.recent.windowUs);
  return context.t('{0} % of threshold in {1}', percent(share), window);
}

/** What the alert compares: the average of its window, as a part of the threshold. */
function thresholdShare(summary: SiteSummary, { recent, thresholdMs }: LensContext): number | undefined {
  const average = recent && summary.averageLatencyMsSince(beginOf(recent));
  return average === undefined || !thresholdMs || thresholdMs < 0 ? undefined : average / thresholdMs;
}

/** How the window compares with the time before it: in words, the arrow is for the eye. */
function trendText(comparison: SiteComparison | undefined, t: Translate): string {
  if (!comparison || comparison.before <= 0) return '';
  const ratio = comparison.recent / comparison.before;
  if (ratio >= 2) return t('↗ {0}× as slow as before', formatNumber(ratio));
  if (ratio > 1 + steadyWithin) return t('↗ {0} % slower than before', percent(ratio - 1));
  if (ratio < 1 - steadyWithin) return t('↘ {0} % faster than before', percent(1 - ratio));
  return t('→ as before');
}

function shareText(share: number | undefined): string {
  return share === undefined ? '' : `${percent(share)} %`;
}

function beginOf({ nowUs, windowUs }: RecentWindow): number {
  return nowUs - windowUs;
}
