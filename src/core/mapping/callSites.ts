import type { NamePattern } from './namePattern';

/** A function in a source file. Lines count from 1, as in `code.line.number`. */
export interface FunctionSite {
  readonly name: string;
  /** The class, or what else of a language has functions, that it belongs to. */
  readonly container: string | undefined;
  /** The line of its name. */
  readonly line: number;
  readonly endLine: number;
}

/** A call or an annotation that opens a span with a name that can be read from the source. */
export interface SpanOpening {
  readonly spanName: NamePattern;
  readonly line: number;
  /** The function that the span covers or is opened in; `undefined` at the top level. */
  readonly inFunction: FunctionSite | undefined;
}

/** A call that sets an attribute with a key that can be read from the source. */
export interface AttributeWrite {
  readonly key: string;
  /** The line that the call begins on. */
  readonly line: number;
  /** The line that the call ends on, at whose end an annotation stands. */
  readonly endLine: number;
  readonly inFunction: FunctionSite | undefined;
}

/** A call of something by its name, which may be a library that makes spans. */
export interface LibraryCall {
  /** The last part of what is called. */
  readonly name: string;
  readonly line: number;
}

/** What a parser found in one source file. */
export interface CallSites {
  readonly functions: readonly FunctionSite[];
  readonly spanOpenings: readonly SpanOpening[];
  readonly attributeWrites: readonly AttributeWrite[];
}

/** A file in which nothing was found. */
export const noCallSites: CallSites = { functions: [], spanOpenings: [], attributeWrites: [] };
