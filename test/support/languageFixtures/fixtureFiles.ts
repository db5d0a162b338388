import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type LanguageId, languageOfPath } from '../../../src/core/mapping/languages/languageIds';
import { type Expectation, expectationsIn } from './expectations';

/** A source file of a fixture. */
export interface FixtureFile {
  /** Relative to the folder of all fixtures, with slashes. */
  readonly file: string;
  /** As which it is parsed: that of `views/Summary.tsx` is not `typescript`. */
  readonly language: LanguageId;
  readonly text: string;
  readonly expectations: readonly Expectation[];
}

/** The source files of the fixture of a language, in the order of their names. */
export function fixtureFiles(language: string, languagesFolder: string): readonly FixtureFile[] {
  const folder = path.join(languagesFolder, language);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(languagesFolder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'),
    )
    .sort()
    .flatMap((file) => {
      const parsedAs = languageOfPath(file);
      if (!parsedAs) return [];
      const text = readFileSync(path.join(languagesFolder, file), 'utf8');
      return [{ file, language: parsedAs, text, expectations: expectationsIn(file, text) }];
    });
}
