import type { CriticalShare } from '../../core/store/criticalShares';
import type { FileAnnotations, FunctionAnnotation } from './model';

/** How much traces wait for a line, from 1 to 4. */
export type HeatStep = 1 | 2 | 3 | 4;

/** A line that traces wait for. */
export interface HeatLine {
  /** From 1. */
  readonly line: number;
  /** Its part of the critical path of the newest traces, 0 to 1. */
  readonly share: number;
  readonly step: HeatStep;
}

/** By key of the site. */
export type Shares = ReadonlyMap<string, CriticalShare>;

/** The least part that is worth a colour. */
const leastHeat = 0.01;

/** The lines of a file that traces wait for at least so much: where spans are opened, else their functions. */
export function heatLines(
  { functions }: FileAnnotations,
  shares: Shares,
  minimumShare: number,
): readonly HeatLine[] {
  const byLine = new Map<number, number>();
  for (const { located, fileName } of functions) {
    // What is known of imported files only says nothing of the newest traces.
    if (fileName !== undefined) continue;
    for (const { line, site } of located)
      byLine.set(line, (byLine.get(line) ?? 0) + (shares.get(site.key)?.share ?? 0));
  }
  const least = Math.max(leastHeat, minimumShare);
  return [...byLine]
    .filter(([, share]) => share >= least)
    .map(([line, share]) => ({ line, share, step: heatStep(share) }));
}

/** A function's part of what the newest traces waited for; `undefined` when none of them is known. */
export function shareOf({ located, fileName }: FunctionAnnotation, shares: Shares): number | undefined {
  if (shares.size === 0 || fileName !== undefined) return undefined;
  return located.reduce((sum, { site }) => sum + (shares.get(site.key)?.share ?? 0), 0);
}

/** Whether a function is worth a lens: it makes inferences, or traces wait long enough for it. */
export function hasLens(annotation: FunctionAnnotation, shares: Shares, minimumShare: number): boolean {
  const { summary } = annotation;
  if (summary.runs === 0) return false;
  const share = shareOf(annotation, shares);
  return summary.inferences > 0 || share === undefined || share >= minimumShare;
}

function heatStep(share: number): HeatStep {
  if (share > 0.5) return 4;
  if (share > 0.25) return 3;
  return share > 0.1 ? 2 : 1;
}
