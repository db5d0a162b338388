import { csharp } from './csharp';
import { javascript, tsx, typescript } from './ecmaScript';
import { go } from './go';
import { java } from './java';
import type { SourceLanguage } from './language';
import type { LanguageId } from './languageIds';
import { python } from './python';
import { rust } from './rust';

/** How each language is parsed. Apart from the ids, because only the parser's thread has to load it. */
export const languages: Readonly<Record<LanguageId, SourceLanguage>> = {
  python,
  javascript,
  javascriptreact: javascript,
  typescript,
  typescriptreact: tsx,
  go,
  java,
  rust,
  csharp,
};
