import type { AlertRule } from './alertRule';
import { mainRuleUid } from './decodeRules';
import type { Rule } from './rule';

/** The rule that `whyspan.alert.*` describes, as the article's alert has it: legacy, an error alerts, no data is a state of its own. */
export function mainRule(alert: AlertRule): Rule {
  return {
    uid: mainRuleUid,
    name: alert.name,
    dialect: 'legacy',
    conditions: [
      {
        signal: { kind: 'attribute', name: alert.attribute },
        ...{ service: '', operation: '', operator: 'and' },
        reducer: alert.reducer,
        windowUs: alert.windowUs,
        evaluator: { type: 'gt', limit: alert.threshold },
      },
    ],
    frequencyUs: alert.frequencyUs,
    ...{ forUs: 0, keepFiringForUs: 0, noDataState: 'NoData', execErrState: 'Alerting' },
    groupBy: ['service'],
    muteTimings: [],
    isPaused: false,
  };
}
