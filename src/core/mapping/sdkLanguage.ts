import type { AttributeValue } from '../trace/span';
import { type LanguageId, languageOfPath } from './languages/languageIds';
import type { SitePlace } from './resolveSite';

const ecmaScript: readonly LanguageId[] = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

/** What programs are written in, by the values of `telemetry.sdk.language` of OpenTelemetry's semantic conventions. */
const written: Readonly<Record<string, readonly LanguageId[]>> = {
  python: ['python'],
  nodejs: ecmaScript,
  webjs: ecmaScript,
  go: ['go'],
  java: ['java'],
  rust: ['rust'],
  dotnet: ['csharp'],
};

/** Those of several places that an SDK of a language can have made spans at; all of them when that tells nothing. */
export function placesOfSdk(
  sdkLanguage: AttributeValue | undefined,
  places: readonly SitePlace[],
): readonly SitePlace[] {
  const name = String(sdkLanguage);
  const known = Object.hasOwn(written, name) ? written[name] : undefined;
  const fitting = places.filter(({ file }) => {
    const language = languageOfPath(file.path);
    return known === undefined || language === undefined || known.includes(language);
  });
  return fitting.length > 0 ? fitting : places;
}
