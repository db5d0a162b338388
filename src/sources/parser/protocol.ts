import type { CallSites } from '../../core/mapping/callSites';
import type { LanguageId } from '../../core/mapping/languages/languageIds';

/** Asks the parser's thread for the call sites of a source text. */
export interface ParseRequest {
  readonly id: number;
  readonly language: LanguageId;
  readonly text: string;
  /** Names the file, so that it is parsed faster the next time. */
  readonly name: string | undefined;
}

/** The parser's answer: call sites, or what went wrong. */
export type ParseResponse =
  | { readonly id: number; readonly callSites: CallSites }
  | { readonly id: number; readonly error: string };
