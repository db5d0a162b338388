import type { TimeSplit } from '../classify/timeSplit';
import type { BlockView } from '../columns/blockView';
import type { AnswerFacts } from '../genai/answerFacts';
import type { InferenceDefinition } from '../trace/inference';
import type { HeldBlock } from './heldBlock';
import type { Place } from './joinedTrace';
import type { SiteRow, SiteSplit } from './siteSplit';

/** What the time of the traces of a block was spent on, row by row. */
export interface RowTimes {
  /** As `TraceTimes.splitOf`. */
  splitOf(row: number): TimeSplit | undefined;
  /** As `TraceTimes.waitedFor`. */
  waitedFor(row: number): TimeSplit | undefined;
  /** As `TraceTimes.storageUsOf`. */
  storageUsOf(row: number): number | undefined;
  /** Forgets a trace, of which there is more elsewhere now. */
  forget(trace: number): void;
}

/**
 * What a store knows of traces beyond what it reads: what spans are and what language models said. Apart, because a window loads it when it has
 * started, and a store does without it until then.
 */
export interface StoreAnalysis {
  timesOf(held: HeldBlock): RowTimes;
  siteSplit(newest: readonly SiteRow[]): SiteSplit | undefined;
  /** What a call of a language model predicted. */
  answerLabel(facts: AnswerFacts): string | undefined;
  /** The rows that are inferences because they call a language model, of traces without another inference, as far as a block can tell. */
  modelCalls(view: BlockView, others: readonly number[]): readonly number[];
  /** Whether such a row is one, as far as all pieces of its trace can tell. */
  isCounted(held: HeldBlock, row: number): boolean;
  /** Forgets what was worked out for a trace that lies in pieces. */
  forget(traceId: string): void;
}

/** Makes the analysis of a store, by a definition; `piecesOf` says where traces lie. */
export type Analyse = (
  definition: InferenceDefinition,
  piecesOf: (traceId: string) => readonly Place[],
) => StoreAnalysis;
