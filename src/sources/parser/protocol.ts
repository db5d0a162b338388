import type { CallSites, LibraryCall } from '../../core/mapping/callSites';
import type { PackedSites } from '../../core/mapping/indexedFile';
import type { LanguageId } from '../../core/mapping/languages/languageIds';

/** What is wanted of a source text: all call sites, the names of what it calls, or what the workspace's index keeps. */
export interface ParseAnswers {
  readonly callSites: CallSites;
  readonly calls: readonly LibraryCall[];
  readonly packed: PackedSites;
}

/** Asks the parser's thread for what is in a source text. */
export interface ParseRequest {
  readonly id: number;
  readonly wanted: keyof ParseAnswers;
  readonly language: LanguageId;
  /** Or its bytes, in UTF-8. */
  readonly text: string | Uint8Array;
  /** Names the file, so that it is parsed faster the next time. */
  readonly name: string | undefined;
}

/** The parser's answer: what was wanted, or what went wrong. */
export type ParseResponse =
  | { readonly id: number; readonly answer: Partial<ParseAnswers> }
  | { readonly id: number; readonly error: string };
