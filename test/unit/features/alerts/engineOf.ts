import { type AlertRule, defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { mainRuleUid } from '../../../../src/core/alerts/decodeRules';
import { mainRule } from '../../../../src/core/alerts/mainRule';
import type { SignalSource } from '../../../../src/core/alerts/signalSource';
import type { TraceStore } from '../../../../src/core/store/traceStore';
import { MainAlert } from '../../../../src/features/alerts/mainAlert';
import { metricsQuestion } from '../../../../src/features/alerts/metricsQuestion';
import { RuleEngine, type RuleEngineOptions } from '../../../../src/features/alerts/ruleEngine';

/** What differs from an engine of the alert that is on the traces of a store, ready to be asked, without any grace. */
export interface EngineWish extends Partial<RuleEngineOptions> {
  readonly store?: TraceStore;
  readonly alert?: () => AlertRule;
  /** Instead of the traces. */
  readonly metrics?: () => SignalSource | undefined;
}

/** An engine with the alert of `whyspan.alert.*`, and that alert. */
export function engineOf({ store, alert = () => defaultAlertRule, metrics, ...options }: EngineWish) {
  const engine = new RuleEngine({
    values: store?.values ?? { series: () => [], newestUs: () => undefined },
    standing: () => 'ready',
    answeredUs: () => undefined,
    graceUs: () => 0,
    questionOf: (rule) => {
      const source = rule.uid === mainRuleUid ? metrics?.() : undefined;
      return source && metricsQuestion(rule, alert(), source);
    },
    clock: () => ({ wallMs: Date.now(), evenMs: performance.now() }),
    onNotices: () => undefined,
    kept: () => undefined,
    report: (error) => {
      throw error;
    },
    ...options,
  });
  engine.setRules([mainRule(alert())]);
  return { engine, main: new MainAlert(engine, alert) };
}
