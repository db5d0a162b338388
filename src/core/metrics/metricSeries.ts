import type { DecodeProblem } from '../decode/decodeProblem';
import type { Point } from '../statistics/movingSeries';

/** One series of a metric. */
export interface MetricSeries {
  readonly labels: ReadonlyMap<string, string>;
  /** Oldest first, without NaN, which says that there is no value; infinities are values. */
  readonly points: readonly Point[];
}

/** What an answer with metrics says. */
export type MetricAnswer =
  | {
      readonly kind: 'series';
      readonly series: readonly MetricSeries[];
      readonly problems: readonly DecodeProblem[];
      /** The server's own words about a result that may not be whole. */
      readonly warnings: readonly string[];
    }
  /** The server answers that it won't, or can't; `reason` is in its words. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It is another kind of answer, so the server is another kind of server. */
  | { readonly kind: 'foreign' };
