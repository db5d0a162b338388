import * as vscode from 'vscode';
import { formatNumber } from '../../core/duration';
import type { LocatedSite } from '../../core/mapping/sitesOfFile';
import type { SiteSummary } from '../../core/store/siteSummary';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import type { Annotator } from './annotator';
import { latencyThresholdMs } from './breaches';
import { allFoundBy } from './foundBy';
import { shareOf } from './heat';
import { type HoverInput, hoverMarkdown } from './hoverMarkdown';
import type { FileAnnotations, FunctionAnnotation, WriteAnnotation } from './model';
import { pictureColors } from './pictureColors';
import { sparkline } from './sparkline';

const hourUs = 3_600_000_000;

interface Found {
  readonly summary: SiteSummary;
  readonly fileName: string | undefined;
  readonly startLine: number;
  readonly endLine: number;
  readonly of: FunctionAnnotation | undefined;
  readonly located: readonly LocatedSite[];
}

/** The hover of an annotated line: its numbers, a picture of the last hour, the newest runs, and where to go from there. */
export function annotationHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  parts: { readonly deps: Deps; readonly annotator: Annotator },
): vscode.Hover | undefined {
  const annotations = parts.annotator.files.current(document);
  const found = annotations && annotationAt(annotations, position.line + 1);
  if (!found || found.endLine > document.lineCount) return undefined;
  const first = document.lineAt(found.startLine - 1);
  const last = document.lineAt(found.endLine - 1);
  const range = new vscode.Range(
    first.lineNumber,
    first.firstNonWhitespaceCharacterIndex,
    last.lineNumber,
    last.range.end.character,
  );
  if (!range.contains(position)) return undefined;
  const text = new vscode.MarkdownString(
    hoverMarkdown(
      inputOf(found, { uri: document.uri.toString(), line: found.startLine }, parts),
      vscode.l10n.t,
    ),
  );
  const { goToCode, revealTrace, showChart, peekLineTraces, showLineTraces } = commands;
  text.isTrusted = { enabledCommands: [goToCode, revealTrace, showChart, peekLineTraces, showLineTraces] };
  return new vscode.Hover(text, range);
}

function annotationAt({ functions, writes }: FileAnnotations, line: number): Found | undefined {
  const write = writes.find((each) => each.startLine <= line && line <= each.line);
  if (write) return ofWrite(write, functions);
  const at = functions.find(
    (each) => each.line === line || each.located.some((place) => place.line === line),
  );
  if (!at) return undefined;
  const { summary, fileName, located } = at;
  return { summary, fileName, located, of: at, startLine: line, endLine: line };
}

function ofWrite(write: WriteAnnotation, functions: readonly FunctionAnnotation[]): Found {
  const { summary, fileName, located, startLine, line, functionLine } = write;
  const of = functions.find((each) => each.line === functionLine);
  return { summary, fileName, located, of, startLine, endLine: line };
}

function inputOf(
  { summary, fileName, of, located }: Found,
  at: HoverInput['at'],
  { deps, annotator }: { readonly deps: Deps; readonly annotator: Annotator },
): HoverInput {
  const shares = annotator.shares.current;
  const names = new Map(deps.store.sites().map(({ key, spanName }) => [key, spanName]));
  const places = [...shares]
    .map(([key, share]) => ({ ...share, spanName: names.get(key) ?? '' }))
    .filter(({ spanName }) => spanName !== '')
    .sort((a, b) => b.share - a.share);
  return {
    ...{ at, summary, fileName, places },
    foundBy: allFoundBy(located, vscode.l10n.t),
    share: of && shareOf(of, shares),
    traceCount: annotator.shares.traceCount,
    picture: fileName === undefined ? pictureOf(summary, deps) : undefined,
  };
}

function pictureOf(summary: SiteSummary, { settings, nowMs }: Deps): HoverInput['picture'] {
  const toUs = nowMs() * 1000;
  const fromUs = toUs - hourUs;
  const points = summary.pointsSince(fromUs);
  const threshold = summary.inferences > 0 ? latencyThresholdMs(settings.current) : undefined;
  const svg = sparkline({ points, fromUs, toUs, threshold, colors: pictureColors() });
  if (svg === '') return undefined;
  const highest = points.reduce((most, { value }) => Math.max(most, value), 0);
  const words = vscode.l10n.t(
    'The last hour: {0} values, the highest {1} ms',
    points.length,
    formatNumber(highest),
  );
  return { svgBase64: Buffer.from(svg).toString('base64'), words };
}
