import type { AlertRule } from './alertRule';
import type { ServiceSeries } from './evaluateRule';

/** The values that a rule looks at. */
export interface Signal {
  readonly series: readonly ServiceSeries[];
  /** Each value is already that of the window which ends at its time: it is not to be reduced again. */
  readonly isReduced: boolean;
}

/** The moments at which a rule's value is wanted: every step in [fromUs, toUs]; `fromUs` = `toUs` is one moment. */
export interface SignalTimes {
  readonly fromUs: number;
  readonly toUs: number;
  readonly stepUs: number;
}

/** What gives a rule its values: the traces that are held, or metrics that are asked for. */
export interface SignalSource {
  /** What is known without asking: `waiting` has nothing to ask yet, a failure keeps its message for the user. */
  standing(): 'ready' | 'waiting' | { readonly failure: string };
  /**
   * All that the rule's values at these times depend on, so from a window before. At once where it is at hand; failures are HumanErrors,
   * or, when the signal aborts, cancellations.
   */
  ask(rule: AlertRule, times: SignalTimes, signal: AbortSignal): Signal | Promise<Signal>;
}
