import type { AlertRule } from '../../core/alerts/alertRule';
import { coversWindow } from '../../core/metrics/promql';
import { cleanText } from '../../core/trace/cleanText';
import type { Settings } from '../../platform/settings';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** What a rule's values are, in words: nobody should take the duration of a span for the latency of a storage. */
export interface SignalNames {
  /** What is measured: the attribute, the duration of a span, or what a query gives. */
  readonly quantity: string;
  /** What is made of it, where that is not the rule's reducer: `p95`, or the value as the query gives it. */
  readonly statistic: string | undefined;
  /** Where it comes from; empty for traces. */
  readonly from: string;
  /** `ms`, or empty when it is not known. */
  readonly unit: string;
}

/** The names of what the settings choose. `connectionName` is that of the Jaeger in use. */
export function signalNames(
  { metrics, inference, alert }: Pick<Settings, 'metrics' | 'inference' | 'alert'>,
  connectionName: string,
  t: Translate,
): SignalNames {
  const duration = t('duration of {0}', cleanText(inference.spanName, 60));
  switch (metrics.source) {
    case 'traces': {
      const unit = alert.attribute === inference.latencyAttribute ? 'ms' : '';
      return { quantity: alert.attribute, statistic: undefined, from: '', unit };
    }
    case 'jaeger-spm': {
      const from = t('the span metrics of Jaeger “{0}”', cleanText(connectionName, 40));
      return { quantity: duration, statistic: quantileName(metrics.quantile), from, unit: 'ms' };
    }
    case 'prometheus': {
      const from = t('Prometheus at {0}', metrics.connection?.url ?? '–');
      if (metrics.query === '') return { quantity: duration, statistic: undefined, from, unit: 'ms' };
      const statistic = coversWindow(metrics.query) ? t('value') : undefined;
      const unit = metrics.unit === 'none' ? '' : 'ms';
      return { quantity: cleanText(metrics.query, 60), statistic, from, unit };
    }
  }
}

/** Whether single traces are comparable with the signal by how long their span took, rather than by the rule's attribute. */
export function measuresDuration({ source, query }: Settings['metrics']): boolean {
  return source === 'jaeger-spm' || (source === 'prometheus' && query === '');
}

function quantileName(quantile: number): string {
  return `p${Number((quantile * 100).toFixed(1))}`;
}

/** The statistic of a signal as short as in the status bar. */
export function statisticOf(names: SignalNames, rule: AlertRule): string {
  return names.statistic ?? rule.reducer;
}
