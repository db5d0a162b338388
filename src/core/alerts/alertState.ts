import type { Evaluation } from './evaluateRule';

/** States of Grafana's legacy alerts, and `unknown` before the first evaluation. */
export type AlertStateName = 'unknown' | 'ok' | 'alerting' | 'no_data';

/** Where an alert stands, and what the user has been told of it. */
export interface AlertState {
  readonly name: AlertStateName;
  /** Microseconds since the Unix epoch at which the state was entered. */
  readonly sinceUs: number;
  /** The last evaluation; `undefined` before the first. */
  readonly evaluation: Evaluation | undefined;
  /** The user knows that the value is too high, and not yet that it no longer is. */
  readonly isFiringTold: boolean;
  /** The user knows that the source fails, and not yet that it answers again. */
  readonly isOutageTold: boolean;
}

/** What the user should hear of a step; each is said once. */
export type AlertNotice = 'firing' | 'outage' | 'resolved';

/** How an alert starts. */
export const initialAlertState: AlertState = {
  name: 'unknown',
  sinceUs: 0,
  evaluation: undefined,
  isFiringTold: false,
  isOutageTold: false,
};

/**
 * One evaluation's step. Grafana's legacy rules with the article's choices: error → alerting, else firing → alerting, else no
 * data → no_data, else ok. A firing that passes through no data, or an outage, and fires again is still the same firing.
 */
export function stepAlert(
  state: AlertState,
  evaluation: Evaluation,
  nowUs: number,
): { readonly state: AlertState; readonly notice: AlertNotice | undefined } {
  const name = nameOf(evaluation);
  const next = {
    name,
    sinceUs: name === state.name ? state.sinceUs : nowUs,
    evaluation,
    isFiringTold: state.isFiringTold,
    isOutageTold: state.isOutageTold,
  };
  switch (evaluation.result) {
    case 'error':
      return { state: { ...next, isOutageTold: true }, notice: state.isOutageTold ? undefined : 'outage' };
    case 'firing':
      return {
        state: { ...next, isFiringTold: true, isOutageTold: false },
        notice: state.isFiringTold ? undefined : 'firing',
      };
    case 'no_data': {
      // The end of an outage within a firing resolves nothing: the firing is still open.
      const notice = state.isOutageTold && !state.isFiringTold ? 'resolved' : undefined;
      return { state: { ...next, isOutageTold: false }, notice };
    }
    case 'ok':
      return {
        state: { ...next, isFiringTold: false, isOutageTold: false },
        notice: state.isFiringTold || state.isOutageTold ? 'resolved' : undefined,
      };
  }
}

function nameOf(evaluation: Evaluation): AlertStateName {
  switch (evaluation.result) {
    case 'error':
    case 'firing':
      return 'alerting';
    case 'no_data':
      return 'no_data';
    case 'ok':
      return 'ok';
  }
}
