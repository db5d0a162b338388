import type { AlertRule } from '../../core/alerts/alertRule';
import { evaluateSignal } from '../../core/alerts/evaluateRule';
import type { Signal, SignalSource } from '../../core/alerts/signalSource';
import { formatDuration, formatNumber } from '../../core/duration';
import { isHumanError } from '../../core/humanError';
import { cleanText } from '../../core/trace/cleanText';
import type { Settings } from '../../platform/settings';
import { type SignalNames, statisticOf } from '../metrics/index';
import { type DiagnosisStep, failed, passed, type Translate } from './diagnosis';

/** What a diagnosis of the metrics is made with. */
export interface MetricsDiagnosis {
  readonly settings: Pick<Settings, 'alert' | 'metrics' | 'inference'>;
  readonly source: SignalSource;
  readonly names: SignalNames;
  readonly nowUs: number;
  readonly signal: AbortSignal;
  readonly t: Translate;
}

const mostShown = 5;

/** Asks for the metrics as the alert does, and says what came, or why nothing did and what to do. */
export async function diagnoseMetrics(diagnosis: MetricsDiagnosis): Promise<DiagnosisStep> {
  const { settings, source, nowUs, t } = diagnosis;
  const name = t('Metrics');
  if (source.standing() === 'waiting')
    return failed(
      name,
      t('Jaeger has told of no service yet, so it cannot be asked for metrics of one.'),
      undefined,
    );
  const times = { fromUs: nowUs, toUs: nowUs, stepUs: settings.alert.frequencyUs };
  try {
    const signal = await source.ask(settings.alert, times, diagnosis.signal);
    const values = valuesOf(settings.alert, signal, diagnosis);
    return values === ''
      ? failed(name, whyEmpty(diagnosis), 'metrics settings')
      : passed(name, found(values, diagnosis));
  } catch (error) {
    if (!isHumanError(error)) throw error;
    const hasSecret = settings.metrics.connection?.auth.type !== 'none';
    const isSecret = error.kind === 'unauthorized' && (settings.metrics.source === 'jaeger-spm' || hasSecret);
    return failed(name, error.message, isSecret ? 'set secret' : 'metrics settings');
  }
}

function found(values: string, { settings, names, t }: MetricsDiagnosis): string {
  const statistic = statisticOf(names, settings.alert);
  const window = formatDuration(settings.alert.windowUs);
  // The values first: a list shows the beginning of a long line.
  return t('{0}: {1} of {2} over {3}, from {4}.', values, statistic, names.quantity, window, names.from);
}

/** The values by service; empty when none has one. */
function valuesOf(
  rule: AlertRule,
  { series, isReduced }: Signal,
  { names, nowUs, t }: MetricsDiagnosis,
): string {
  const texts = series.flatMap((one) => {
    const evaluation = evaluateSignal(rule, { series: [one], isReduced }, nowUs);
    if (!('worst' in evaluation)) return [];
    return [`${cleanText(one.service, 60)} ${formatNumber(evaluation.worst.value)} ${names.unit}`.trim()];
  });
  const more = texts.length - mostShown;
  const shown = texts.slice(0, mostShown).join(', ');
  return more > 0 ? t('{0} and {1} more', shown, String(more)) : shown;
}

function whyEmpty({ settings, names, t }: MetricsDiagnosis): string {
  const { metrics, inference, alert } = settings;
  const span = cleanText(inference.spanName, 60);
  const window = formatDuration(alert.windowUs);
  if (metrics.source === 'jaeger-spm')
    return t(
      'Jaeger answers, and its span metrics have nothing of “{0}” in the last {1}. Do the spans pass its spanmetrics connector, and does Prometheus scrape it?',
      span,
      window,
    );
  if (metrics.query !== '')
    return t(
      '{0} answers, and whyspan.metrics.query gives no series with a value for the last {1}.',
      names.from,
      window,
    );
  return t(
    '{0} answers, and has no duration_milliseconds of “{1}” in the last {2}. When your span metrics have other names or labels, write your own whyspan.metrics.query.',
    names.from,
    span,
    window,
  );
}
