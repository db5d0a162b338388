import type { SpanSite } from '../store/spanSite';
import type { CallSites, FunctionSite, SpanOpening } from './callSites';
import { functionAt } from './collectCallSites';
import { isExact, matchesName } from './namePattern';
import { commonSuffixLength } from './pathMatch';

/** How a place in the code was found: by the span's own `code.*` attributes, or by the call that opens a span of its name. */
export type LocatedBy = 'code attributes' | 'span name';

/** A source file as the mapping sees it. */
export interface SourceFile {
  readonly path: string;
  readonly callSites: CallSites;
}

/** A site of spans and its place in a file. */
export interface LocatedSite {
  readonly site: SpanSite;
  /** From 1: where the span is opened, else its function, else the line that it names. */
  readonly line: number;
  readonly inFunction: FunctionSite | undefined;
  readonly by: LocatedBy;
}

/**
 * Finds which sites lie in a file. The span's `code.*` attributes decide when they are there: then the span's name is not looked at.
 * A file that shares only its name with the span's path must also have the function or open a span of that name.
 */
export function locateSites(file: SourceFile, sites: readonly SpanSite[]): readonly LocatedSite[] {
  return sites.flatMap((site) => {
    const located =
      site.filePath === undefined ? bySpanName(file, site) : byCodeAttributes(file, site, site.filePath);
    return located ? [located] : [];
  });
}

function byCodeAttributes(file: SourceFile, site: SpanSite, filePath: string): LocatedSite | undefined {
  const common = commonSuffixLength(filePath, file.path);
  if (common === 0) return undefined;
  const { functions, spanOpenings } = file.callSites;
  const name = site.functionName?.split(/[.:]+/).at(-1);
  const named = functions.filter((candidate) => candidate.name === name);
  const line = site.line;
  const inFunction =
    named.find((candidate) => line !== undefined && candidate.line <= line && line <= candidate.endLine) ??
    (named.length === 1 ? named[0] : undefined) ??
    (name === undefined && line !== undefined ? functionAt(functions, line) : undefined);
  const [opening] = openingsOf(spanOpenings, site.spanName);
  if (common === 1 && !inFunction && !opening) return undefined;
  const at = inFunction?.line ?? line ?? opening?.line;
  return at === undefined ? undefined : { site, line: at, inFunction, by: 'code attributes' };
}

function bySpanName(file: SourceFile, site: SpanSite): LocatedSite | undefined {
  const openings = openingsOf(file.callSites.spanOpenings, site.spanName);
  const opening = openings[0];
  if (!opening || new Set(openings.map(({ inFunction }) => inFunction)).size > 1) return undefined;
  return { site, line: opening.line, inFunction: opening.inFunction, by: 'span name' };
}

/** The openings of a name: those that write it out, else those with a pattern that it fits. */
function openingsOf(openings: readonly SpanOpening[], name: string): readonly SpanOpening[] {
  const fitting = openings.filter(({ spanName }) => matchesName(spanName, name));
  const exact = fitting.filter(({ spanName }) => isExact(spanName));
  return exact.length > 0 ? exact : fitting;
}
