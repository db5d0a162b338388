import * as vscode from 'vscode';
import { isInstalledCode } from '../../core/mapping/foreignCode';
import { languageOfPath } from '../../core/mapping/languages/languageIds';
import type { LocatedBy } from '../../core/mapping/locatedBy';
import { framesOf, innermostPlace } from '../../core/mapping/locateFrames';
import { commonSuffixLength, fileNameOf } from '../../core/mapping/pathMatch';
import { type CodeWorld, resolveSite, type SitePlace } from '../../core/mapping/resolveSite';
import type { SiteLocator } from '../../core/mapping/siteLocator';
import type { SpanSite } from '../../core/store/spanSite';
import type { Span } from '../../core/trace/span';
import type { SourceParser } from '../../sources/parser/sourceParser';
import type { CodePlace } from './codePlace';
import { readText } from './readText';
import { siteOfSpan } from './siteOfSpan';
import { foreignGlob } from './sourceFiles';

const mostFiles = 100;

/** Finds the places of single spans: from the most certain to what only looks alike. */
export class SpanPlaces {
  readonly #world: CodeWorld;
  readonly #locator: SiteLocator;
  readonly #parser: SourceParser;

  constructor(world: CodeWorld, locator: SiteLocator, parser: SourceParser) {
    this.#world = world;
    this.#locator = locator;
    this.#parser = parser;
  }

  /** The places that fit a site, whatever was chosen. */
  candidates(site: SpanSite): readonly SitePlace[] {
    return resolveSite(site, this.#world)?.places ?? [];
  }

  async find(span: Span, parent: Span | undefined): Promise<readonly CodePlace[]> {
    const site = siteOfSpan(span, parent);
    const resolution = this.#locator.resolve(site);
    const isByCode = resolution?.by === 'code attributes' || resolution?.by === 'old code attributes';
    const failed = isByCode ? undefined : innermostPlace(framesOf(span), this.#world);
    if (failed) return [placeOf(failed, 'stack frame')];
    if (resolution) return resolution.places.map((place) => placeOf(exactly(place, site), resolution.by));
    if (site.filePath !== undefined && !languageOfPath(site.filePath))
      return byFileAlone(site, site.filePath);
    return this.#byCall(site);
  }

  /** The line that called a library, in the function that the span around was made in. */
  async #byCall(site: SpanSite): Promise<readonly CodePlace[]> {
    const caller = site.library?.caller;
    const around = caller && this.#locator.resolve({ ...caller, spanCount: 1 });
    const [place, ...others] = around?.places ?? [];
    const language = place && languageOfPath(place.file.path);
    if (!place || !language || others.length > 0) return [];
    const text = await readText(vscode.Uri.parse(place.file.key));
    if (text === undefined) return [];
    const calls = await this.#parser.calls(language, text);
    const { located } = this.#locator.sitesIn(place.file.key, [site], calls);
    return located.map(({ line, by }) => placeOf({ ...place, line }, by));
  }
}

/** The line that the span itself names is the most exact one, as long as it lies in the function. */
function exactly(place: SitePlace, { line }: SpanSite): SitePlace {
  const { inFunction } = place;
  const isWithin = line !== undefined && inFunction && inFunction.line <= line && line <= inFunction.endLine;
  return isWithin ? { ...place, line } : place;
}

function placeOf({ file, line, inFunction }: SitePlace, by: LocatedBy): CodePlace {
  const { name, container } = inFunction ?? {};
  const functionName = container === undefined ? name : `${container}.${name}`;
  return { uri: vscode.Uri.parse(file.key), line, functionName, by };
}

/** The line of a file in a language that is not parsed: the file must share more than its name with the path. */
async function byFileAlone({ line, hasOldNames }: SpanSite, filePath: string): Promise<readonly CodePlace[]> {
  if (line === undefined || isInstalledCode(filePath)) return [];
  const name = fileNameOf(filePath).replace(/[*?{}[\]]/g, '?');
  const files = await vscode.workspace.findFiles(`**/${name}`, foreignGlob, mostFiles);
  const scored = files.map((uri) => ({ uri, common: commonSuffixLength(uri.path, filePath) }));
  const best = Math.max(2, ...scored.map(({ common }) => common));
  const by = hasOldNames ? 'old code attributes' : 'code attributes';
  return scored
    .filter(({ common }) => common === best)
    .map(({ uri }) => ({ uri, line, functionName: undefined, by }));
}
