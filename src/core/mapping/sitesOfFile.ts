import type { SpanSite } from '../store/spanSite';
import type { FunctionSite } from './callSites';
import type { LocatedBy } from './locatedBy';

/** A site of spans and its place in a file. */
export interface LocatedSite {
  readonly site: SpanSite;
  /** From 1: where the span is opened, else its function, else the line that it names. */
  readonly line: number;
  readonly inFunction: FunctionSite | undefined;
  readonly by: LocatedBy;
  /** There are others, but the user chose this one. */
  readonly isChosen?: boolean;
}

/** A site that may lie in a file, and as well elsewhere. */
export interface AmbiguousSite {
  readonly site: SpanSite;
  readonly by: LocatedBy;
  /** The line in this file. */
  readonly line: number;
  /** How many places there are in all. */
  readonly places: number;
}

/** The sites of a file. */
export interface SitesOfFile {
  readonly located: readonly LocatedSite[];
  readonly ambiguous: readonly AmbiguousSite[];
}
