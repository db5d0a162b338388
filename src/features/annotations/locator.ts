import * as vscode from 'vscode';
import { noCallSites } from '../../core/mapping/callSites';
import { languageOfPath, sourceEndings } from '../../core/mapping/languages/languageIds';
import type { LocatedBy } from '../../core/mapping/locatedBy';
import { locateSites } from '../../core/mapping/locateSites';
import { commonSuffixLength, fileNameOf } from '../../core/mapping/pathMatch';
import { codeAttributes, siteKey } from '../../core/store/spanSite';
import type { Span } from '../../core/trace/span';
import type { SourceParser } from '../../sources/parser/sourceParser';
import { maxParsedLength } from './documentSites';

/** A place in the workspace that may have made a span. */
export interface CodePlace {
  readonly uri: vscode.Uri;
  /** From 1. */
  readonly line: number;
  readonly by: LocatedBy;
}

const excluded =
  '**/{node_modules,site-packages,dist-packages,.venv,venv,.git,__pycache__,vendor,target,dist,out,build}/**';
const maxFiles = 2000;

/** Finds the places in the workspace that made a span. Several when it cannot be told which. */
export class CodeLocator {
  readonly #parser: SourceParser;

  constructor(parser: SourceParser) {
    this.#parser = parser;
  }

  async find(span: Span, token: vscode.CancellationToken): Promise<readonly CodePlace[]> {
    const { filePath } = codeAttributes(span);
    return filePath === undefined ? this.#byName(span, token) : this.#byPath(span, filePath, token);
  }

  /** The files of the workspace that share most with the path of a span; a file that shares only its name must fit otherwise. */
  async #byPath(
    span: Span,
    filePath: string,
    token: vscode.CancellationToken,
  ): Promise<readonly CodePlace[]> {
    const name = fileNameOf(filePath).replace(/[*?{}[\]]/g, '?');
    const files = await vscode.workspace.findFiles(`**/${name}`, excluded, maxFiles, token);
    const scored = files.map((uri) => ({ uri, common: commonSuffixLength(uri.path, filePath) }));
    const best = Math.max(0, ...scored.map(({ common }) => common));
    const candidates = scored.filter(({ common }) => common === best && common > 0);
    const places = await Promise.all(candidates.map(({ uri }) => this.#placeIn(uri, span)));
    return places.filter((place) => place !== undefined);
  }

  async #byName(span: Span, token: vscode.CancellationToken): Promise<readonly CodePlace[]> {
    const files = await vscode.workspace.findFiles(
      `**/*.{${sourceEndings.join(',')}}`,
      excluded,
      maxFiles,
      token,
    );
    const places: CodePlace[] = [];
    for (const uri of files) {
      if (token.isCancellationRequested) return [];
      const place = await this.#placeIn(uri, span);
      if (place) places.push(place);
    }
    return places;
  }

  async #placeIn(uri: vscode.Uri, span: Span): Promise<CodePlace | undefined> {
    const code = codeAttributes(span);
    const text = await readText(uri);
    if (text === undefined) return undefined;
    // Parsing all of a workspace takes long; a file that opens no span need not be parsed.
    if (code.filePath === undefined && !opensSpans.test(text)) return undefined;
    const language = languageOfPath(uri.path);
    const callSites = language ? await this.#parser.find(language, text) : noCallSites;
    const site = {
      ...code,
      key: siteKey(span, code),
      service: span.service,
      spanName: span.name,
      spanCount: 1,
    };
    const [located] = locateSites({ path: uri.path, callSites }, [site]);
    if (!located) return undefined;
    // The line that the span itself names is the most exact one, as long as it lies in the function.
    const exact =
      code.line !== undefined && isWithin(code.line, located.inFunction) ? code.line : located.line;
    return { uri, line: exact, by: located.by };
  }
}

/** What calls and annotations that open spans have in common. */
const opensSpans = /[sS]tart|[sS]pan|instrument|[tT]racer|Activity/;

function isWithin(
  line: number,
  place: { readonly line: number; readonly endLine: number } | undefined,
): boolean {
  return place !== undefined && place.line <= line && line <= place.endLine;
}

/** The text of a file as the user sees it: with unsaved changes. `undefined` when it cannot be read or is too long. */
async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > maxParsedLength ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
