import type { ChartData } from '../../features/latencyChart/protocol';
import type { ChartTheme } from './theme';
import type { Wording } from './wording';

/** What the chart and its plugins draw; they read it at each drawing. */
export interface Scene {
  readonly wording: Wording;
  theme: ChartTheme;
  data: ChartData;
  /** Index of the point that has a ring. */
  markedPoint: number | undefined;
}
