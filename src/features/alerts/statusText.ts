import type { AlertRule } from '../../core/alerts/alertRule';
import type { AlertState } from '../../core/alerts/alertState';
import { formatDuration } from '../../core/duration';
import type { SampleSize } from '../../core/sampling/sampleSize';
import type { StoreStats } from '../../core/store/storeStats';
import { cleanText } from '../../core/trace/cleanText';
import { sampleWithErrorText } from '../../platform/sampleText';
import { statisticOf } from '../metrics/index';
import { type AlertContext, formatValue, type Translate } from './model';

/** How an alert looks in the status bar. */
export interface StatusText {
  /** With a codicon in front. */
  readonly text: string;
  /** The same in words, for a screen reader. */
  readonly label: string;
  readonly isAlerting: boolean;
}

/** What is known of the source beside the alert's state. */
export type Watching = 'yes' | 'paused' | 'muted' | 'off' | 'not connected' | 'failing';

/** The status bar item: the state by icon and by word, and the current value. */
export function statusText(
  state: AlertState,
  watching: Watching,
  context: AlertContext,
  t: Translate,
): StatusText {
  const { rule, names } = context;
  const { unit } = names;
  const isMetrics = names.from !== '';
  const { evaluation } = state;
  const plain = (icon: string, words: string): StatusText => ({
    text: `$(${icon}) ${words}`,
    label: `Whyspan: ${words}`,
    isAlerting: false,
  });
  if (watching === 'not connected') return plain('debug-disconnect', t('No Jaeger'));
  if (watching === 'paused') return plain('debug-pause', t('Traces paused'));
  if (watching === 'failing' && !evaluation)
    return plain('debug-disconnect', isMetrics ? t('Metrics unavailable') : t('Jaeger unreachable'));
  if (watching === 'off') return plain('graph-line', t('Alert off'));
  if (!evaluation) return plain('sync', isMetrics ? t('Waiting for metrics') : t('Waiting for Jaeger'));
  const mute = watching === 'muted' ? ` $(bell-slash)` : '';
  const muteLabel = watching === 'muted' ? `, ${t('muted')}` : '';
  switch (evaluation.result) {
    case 'error': {
      const words = isMetrics
        ? t('Alerting (Error): metrics unavailable')
        : t('Alerting (Error): Jaeger unreachable');
      return { text: `$(error) ${words}${mute}`, label: `Whyspan: ${words}${muteLabel}`, isAlerting: true };
    }
    case 'no_data': {
      const words = t('No data for {0}', formatDuration(rule.windowUs));
      return !isMetrics && context.connectionName === '' && context.receivesAt !== ''
        ? plain('broadcast', t('Receiving, no data for {0}', formatDuration(rule.windowUs)))
        : plain('circle-slash', words);
    }
    case 'ok':
    case 'firing': {
      const value = formatValue(evaluation.worst.value, unit);
      const statistic = statisticOf(names, rule);
      const isAlerting = evaluation.result === 'firing';
      const words = isAlerting
        ? t('{0} {1}, Alerting (> {2})', statistic, value, formatValue(rule.threshold, unit))
        : t('{0} {1}', statistic, value);
      const label = `Whyspan: ${names.quantity} ${words}, ${isAlerting ? t('alerting') : t('OK')}${muteLabel}`;
      return { text: `$(${isAlerting ? 'warning' : 'pass'}) ${words}${mute}`, label, isAlerting };
    }
  }
}

/** Of which services the rule sees a sample: lines for the tooltip. */
export function sampleLines(
  services: readonly string[],
  { windowUs }: AlertRule,
  sampleOf: (service: string) => SampleSize | undefined,
  t: Translate,
): readonly string[] {
  return services.flatMap((service) => {
    const sample = sampleOf(service);
    if (!sample) return [];
    const [name, size] = [cleanText(service, 40), sampleWithErrorText(sample, t)];
    return [t('A sample of {0} in the last {1}: {2} inferences', name, formatDuration(windowUs), size)];
  });
}

/** What is kept, what was let go, and what could not be read: lines for the tooltip, so that nothing is lost in silence. */
export function keptText(stats: StoreStats, problemCount: number, t: Translate): readonly string[] {
  const lines = [t('Kept: {0} traces, {1} MB', String(stats.traces), (stats.bytes / 1e6).toFixed(1))];
  if (stats.evictedByAge + stats.evictedBySize > 0) {
    lines.push(
      t('Let go: {0} by age, {1} for space', String(stats.evictedByAge), String(stats.evictedBySize)),
    );
  }
  if (problemCount > 0) lines.push(t('Not readable, or mended: {0} things in answers', String(problemCount)));
  return lines;
}

/** That evaluations were left out because the metrics come more slowly than they are evaluated. */
export function skippedText(skipped: number, { frequencyUs }: AlertRule, t: Translate): string {
  const every = formatDuration(frequencyUs);
  return t('Evaluations skipped: {0}. The metrics did not answer within {1}.', String(skipped), every);
}
