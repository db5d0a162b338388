import type { ReducerName } from '../statistics/reducer';

/** An alert rule in the terms of Grafana's classic conditions: `reducer(attribute over window) > threshold`, every so often. */
export interface AlertRule {
  readonly name: string;
  /** The attribute of inferences that is watched. */
  readonly attribute: string;
  readonly reducer: ReducerName;
  /** Strictly above fires. Milliseconds when the latency attribute is watched. */
  readonly threshold: number;
  readonly windowUs: number;
  readonly frequencyUs: number;
}

/** The article's alert: the average over five minutes above 300 ms, every minute. */
export const defaultAlertRule: AlertRule = {
  name: 'High Storage Latency Alert',
  attribute: 'storage_latency_ms',
  reducer: 'avg',
  threshold: 300,
  windowUs: 5 * 60_000_000,
  frequencyUs: 60_000_000,
};
