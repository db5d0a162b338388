import { addSplit, type ClassShare, classShares, noTime } from '../classify/timeSplit';
import type { HeldBlock } from './heldBlock';
import { outermostRows } from './outermostRows';
import type { RowTimes } from './storeAnalysis';

/** What the time of the spans of a place in the code, and of all that they led to, was spent on. */
export interface SiteSplit {
  /** Of the time on the critical path, the largest first; together 1. */
  readonly shares: readonly ClassShare[];
  /** Of how many traces, of the newest ones. */
  readonly traces: number;
}

/** Most spans of traces that are looked at for one place: it must cost no more, however large its traces are. */
const mostSpans = 5000;

/** A span of a place, by its row. */
export interface SiteRow {
  readonly held: HeldBlock;
  readonly row: number;
}

/** Spans of a place that are looked at, evenly chosen among the newest: neighbours tell the same. */
const mostRows = 8;

/**
 * What traces waited for at the newest spans of a place and below them; they are given with the newest first. Of spans within each other the
 * outer one counts. `undefined` when the traces waited for none of them.
 */
export function siteSplit(
  newest: readonly SiteRow[],
  timesOf: (held: HeldBlock) => RowTimes,
): SiteSplit | undefined {
  const sum = { ...noTime };
  let traces = 0;
  let left = mostSpans;
  for (const { held, trace, rows } of byTrace(evenly(newest))) {
    const [from, to] = held.view.rowsOf(trace);
    if (to - from > left) continue;
    left -= to - from;
    traces++;
    for (const row of outermostRows(held.view, trace, rows))
      addSplit(sum, timesOf(held).waitedFor(row) ?? noTime);
  }
  const shares = classShares(sum);
  return shares.length === 0 ? undefined : { shares, traces };
}

function evenly(newest: readonly SiteRow[]): readonly SiteRow[] {
  const step = Math.max(1, Math.ceil(newest.length / mostRows));
  return newest.filter((_, i) => i % step === 0);
}

interface TraceRows {
  readonly held: HeldBlock;
  readonly trace: number;
  readonly rows: number[];
}

function byTrace(newest: readonly SiteRow[]): Iterable<TraceRows> {
  const groups = new Map<HeldBlock, Map<number, TraceRows>>();
  const ordered: TraceRows[] = [];
  for (const { held, row } of newest) {
    const trace = held.view.traceOf(row);
    const ofBlock = groups.get(held) ?? new Map<number, TraceRows>();
    groups.set(held, ofBlock);
    const known = ofBlock.get(trace);
    if (known) {
      known.rows.push(row);
      continue;
    }
    const group = { held, trace, rows: [row] };
    ofBlock.set(trace, group);
    ordered.push(group);
  }
  return ordered;
}
