import type { Evaluation } from './evaluateRule';

/** States of Grafana's legacy alerts, and `unknown` before the first evaluation. */
export type AlertStateName = 'unknown' | 'ok' | 'alerting' | 'no_data';

/** Where the alert of `whyspan.alert.*` stands. */
export interface AlertState {
  readonly name: AlertStateName;
  /** Microseconds since the Unix epoch at which the state was entered. */
  readonly sinceUs: number;
  /** The last evaluation; `undefined` before the first. */
  readonly evaluation: Evaluation | undefined;
}

/** How the alert starts. */
export const initialAlertState: AlertState = { name: 'unknown', sinceUs: 0, evaluation: undefined };
