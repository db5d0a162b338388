import type { Deps } from '../../platform/deps';
import { SignalChoice } from './signalChoice';

export { exemplars } from './exemplars';
export type { Signals } from './signalChoice';
export { measuresDuration, type SignalNames, signalNames, statisticOf } from './signalNames';

/** What the alert and the chart take their values from: the traces that are held, or metrics. */
export function register(deps: Deps): SignalChoice {
  return new SignalChoice(deps);
}
