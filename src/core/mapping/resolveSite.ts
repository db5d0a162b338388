import type { CodeAttributes, SpanSite } from '../store/spanSite';
import type { FunctionSite } from './callSites';
import { functionAt } from './collectCallSites';
import { isCellPath, isInstalledCode } from './foreignCode';
import { fitsQualifiers, isTellingName, qualifiedName } from './functionName';
import type { IndexedFile } from './indexedFile';
import type { LocatedBy } from './locatedBy';
import { isExact, matchesName } from './namePattern';
import { withoutClosures } from './withoutClosures';
import type { WorkspaceIndex } from './workspaceIndex';

/** What of a site says where it lies. */
export type SiteClues = CodeAttributes & Pick<SpanSite, 'spanName' | 'library'>;

/** Where spans may have been made. */
export interface SitePlace {
  readonly file: IndexedFile;
  /** From 1: where the span is opened, else its function, else the line that it names. */
  readonly line: number;
  readonly inFunction: FunctionSite | undefined;
}

/** The places that fit a site equally well, and by what. */
export interface Resolution {
  readonly by: LocatedBy;
  /** At least one; several when nothing tells which. */
  readonly places: readonly SitePlace[];
}

/** What sites are looked for in. */
export interface CodeWorld {
  readonly index: WorkspaceIndex;
  /** Where a path of a trace lies here. */
  readonly mapPath: (path: string) => string;
}

/**
 * The places of the workspace that made the spans of a site. What is more certain decides alone: a path that is not found here is not
 * replaced by what only looks alike. Spans of libraries have no place of their own.
 */
export function resolveSite(site: SiteClues, world: CodeWorld): Resolution | undefined {
  const { filePath, functionName } = site;
  const isCell = filePath !== undefined && isCellPath(filePath);
  const by = site.hasOldNames === true ? 'old code attributes' : 'code attributes';
  if (filePath !== undefined && !isCell) {
    const places = isInstalledCode(filePath) ? [] : byPath(site, filePath, world);
    return resolution(by, places);
  }
  if (site.library) return undefined;
  const isHere = ({ file }: SitePlace) => !isCell || isCellKey(file.key);
  const named = functionName === undefined ? [] : byFunction(functionName, site, world).filter(isHere);
  const qualified = named.filter(({ isCertain }) => isCertain);
  return (
    resolution(by, qualified) ??
    resolution('span name', bySpanName(site.spanName, world).filter(isHere)) ??
    unique('function name', named) ??
    unique('function name', byFunction(site.spanName, site, world).filter(isHere))
  );
}

/** Whether a file of the index is a cell of a notebook that is open. */
export function isCellKey(key: string): boolean {
  return key.startsWith('vscode-notebook-cell:');
}

function resolution(by: LocatedBy, places: readonly SitePlace[]): Resolution | undefined {
  return places.length > 0 ? { by, places } : undefined;
}

function unique(by: LocatedBy, places: readonly SitePlace[]): Resolution | undefined {
  return places.length === 1 ? { by, places } : undefined;
}

/** The files that share most with a path; one that shares only its name must have the function or open a span of that name. */
function byPath(site: SiteClues, filePath: string, { index, mapPath }: CodeWorld): readonly SitePlace[] {
  const mapped = mapPath(filePath);
  const { files, common } = index.filesLike(mapped);
  return files.flatMap((file) => placesIn(file, site, common === 1 && file.path !== mapped));
}

/** Where in a file the code attributes lead to. */
function placesIn(file: IndexedFile, site: SiteClues, mustFit: boolean): readonly SitePlace[] {
  const { line, functionName } = site;
  const name = functionName === undefined ? undefined : withoutClosures(functionName);
  const wanted = name === undefined ? undefined : qualifiedName(name);
  const named = file.functions.filter(({ name }) => name === wanted?.name);
  const belonging = named.filter(({ container }) => container === wanted?.qualifiers.at(-1));
  const around = named.filter((each) => line !== undefined && each.line <= line && line <= each.endLine);
  const inFunction =
    around.at(-1) ??
    only(belonging) ??
    only(named) ??
    (wanted === undefined && line !== undefined ? coveredAt(file, line) : undefined);
  const opening = openingOf(file, site.spanName);
  if (mustFit && !inFunction && !opening) return [];
  const at = (inFunction && lineIn(file, inFunction, site)) ?? line ?? opening?.line;
  if (at !== undefined) return [{ file, line: at, inFunction }];
  return named.map((each) => ({ file, line: each.line, inFunction: each }));
}

/** Where a function opens the span: at the line that is said, else by its name; else the function's own line. */
function lineIn(
  { spanOpenings }: IndexedFile,
  inFunction: FunctionSite,
  { line, spanName }: SiteClues,
): number {
  const own = spanOpenings.filter((each) => each.inFunction === inFunction);
  const opening = own.find((each) =>
    line === undefined ? matchesName(each.spanName, spanName) : each.line === line,
  );
  return opening?.line ?? inFunction.line;
}

/** The function around a line, or below it, when it is covered by an attribute there: Rust's spans name the line of `#[instrument]`. */
function coveredAt({ functions, spanOpenings }: IndexedFile, line: number): FunctionSite | undefined {
  return spanOpenings.find((opening) => opening.line === line)?.inFunction ?? functionAt(functions, line);
}

function openingOf({ spanOpenings }: IndexedFile, spanName: string) {
  const fitting = spanOpenings.filter((each) => matchesName(each.spanName, spanName));
  return fitting.find((each) => isExact(each.spanName)) ?? fitting[0];
}

/** The functions that open spans of a name, each once. */
function bySpanName(spanName: string, { index }: CodeWorld): readonly SitePlace[] {
  const places: SitePlace[] = [];
  for (const { file, opening } of index.openersOf(spanName)) {
    const { line, inFunction } = opening;
    const isKnown = places.some((each) => each.file === file && each.inFunction === inFunction);
    if (!isKnown) places.push({ file, line, inFunction });
  }
  return places;
}

/** Functions by their name; certain when what they belong to was said and fits. */
function byFunction(
  text: string,
  clues: SiteClues,
  { index }: CodeWorld,
): readonly (SitePlace & { readonly isCertain: boolean })[] {
  const wanted = qualifiedName(text);
  const isQualified = wanted.qualifiers.length > 0;
  if (!isQualified && !isTellingName(wanted.name)) return [];
  return index
    .functionsNamed(wanted.name)
    .filter(({ file, site }) => fitsQualifiers(wanted, site, file.path))
    .map(({ file, site }) => {
      const isCertain = isQualified && site.container === wanted.qualifiers.at(-1);
      return { file, line: lineIn(file, site, clues), inFunction: site, isCertain };
    });
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
