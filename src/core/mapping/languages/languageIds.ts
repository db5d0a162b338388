const endings = {
  python: ['py', 'pyi'],
  javascript: ['js', 'mjs', 'cjs'],
  javascriptreact: ['jsx'],
  typescript: ['ts', 'mts', 'cts'],
  typescriptreact: ['tsx'],
  go: ['go'],
  java: ['java'],
  rust: ['rs'],
  csharp: ['cs'],
} as const;

/** A language that is parsed, by VS Code's id. */
export type LanguageId = keyof typeof endings;

/** Whether a language of VS Code is parsed. */
export function isParsedLanguage(id: string): id is LanguageId {
  return Object.hasOwn(endings, id);
}

/** The languages that are parsed. */
export const languageIds: readonly LanguageId[] = Object.keys(endings).filter(isParsedLanguage);

/** The endings of source files that are parsed, without a dot. */
export const sourceEndings: readonly string[] = Object.values(endings).flat();

/** The language of a file by its ending, if it is parsed. */
export function languageOfPath(path: string): LanguageId | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1];
  return languageIds.find((id) => endings[id].some((known) => known === ending));
}
