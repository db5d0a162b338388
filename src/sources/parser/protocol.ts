import type { CallSites } from '../../core/mapping/callSites';

/** Languages whose call sites can be found, by VS Code's language id. */
export type ParsedLanguage = 'python';

/** Asks the parser's thread for the call sites of a source text. */
export interface ParseRequest {
  readonly id: number;
  readonly language: ParsedLanguage;
  readonly text: string;
}

/** The parser's answer: call sites, or what went wrong. */
export type ParseResponse =
  | { readonly id: number; readonly callSites: CallSites }
  | { readonly id: number; readonly error: string };
