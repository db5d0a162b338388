import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { annotatedLines, lineBeside } from './annotatedLines';
import type { Annotator } from './annotator';
import { slowestSample } from './hoverMarkdown';
import { type LineSites, sitesAt } from './lineSites';
import type { LineTraces } from './lineTraces';
import { summaryOf } from './summaryOf';

/** A line that a command is called with; without one, that of the cursor is meant. */
export interface LineReference {
  readonly uri: string;
  /** From 1. */
  readonly line: number;
}

/** What the commands of lines work with. */
export interface LineParts {
  readonly deps: Deps;
  readonly annotator: Annotator;
  readonly traces: LineTraces;
}

interface Found {
  readonly document: vscode.TextDocument;
  readonly line: number;
  readonly sites: LineSites;
}

/** Shows the traces of a line in a peek view. */
export async function peekTraces(reference: LineReference | undefined, parts: LineParts): Promise<void> {
  const found = await find(reference, parts);
  if (!found) return;
  const { document, line, sites } = found;
  // The peek view opens in an editor that shows the line.
  const at = new vscode.Position(Math.min(line, document.lineCount) - 1, 0);
  const editor = await vscode.window.showTextDocument(document);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (!(await parts.traces.peek(document, sites, at))) sayNothingKnown();
}

/** Has the tree show only the traces of a line. */
export async function filterTraces(reference: LineReference | undefined, parts: LineParts): Promise<void> {
  const found = await find(reference, parts);
  if (!found) return;
  const { document, sites } = found;
  const label = `${vscode.workspace.asRelativePath(document.uri)}:${sites.line}`;
  await vscode.commands.executeCommand(commands.filterSites, { label, siteKeys: sites.keys });
}

/** Asks what to do with an annotated line, and does it. */
export async function chooseLineAction(
  reference: LineReference | undefined,
  parts: LineParts,
): Promise<void> {
  const found = await find(reference, parts);
  if (!found) return;
  const { sites, document, line } = found;
  const at = { uri: document.uri.toString(), line };
  const summary = summaryOf(sites, parts.deps);
  const reveal = (sample: (typeof summary.newest)[number] | undefined) =>
    sample && { traceId: sample.span.traceId, spanId: sample.span.spanId };
  const { t } = vscode.l10n;
  const items = [
    {
      label: `$(list-selection) ${t('Peek traces of this line')}`,
      command: commands.peekLineTraces,
      argument: at,
    },
    {
      label: `$(filter) ${t('Show only these in the tree')}`,
      command: commands.showLineTraces,
      argument: at,
    },
    {
      label: `$(flame) ${t('Show the slowest of the last {0}', summary.newest.length)}`,
      command: commands.revealTrace,
      argument: reveal(slowestSample(summary)),
    },
    {
      label: `$(history) ${t('Show the newest trace')}`,
      command: commands.revealTrace,
      argument: reveal(summary.newest[0]),
    },
    // The chart has the inferences of the store only.
    ...(summary.inferences > 0 && sites.fileName === undefined
      ? [
          {
            label: `$(graph-line) ${t('Show the latency chart')}`,
            command: commands.showChart,
            argument: undefined,
          },
        ]
      : []),
  ];
  const title = sites.name ?? `${vscode.workspace.asRelativePath(document.uri)}:${sites.line}`;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: t('What to do with this line'),
  });
  if (picked) await vscode.commands.executeCommand(picked.command, picked.argument);
}

/** Moves the cursor to the annotated line after it, or before it. */
export async function goToLineBeside(
  direction: 'next' | 'previous',
  { annotator }: LineParts,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const annotations = editor && (await annotator.files.ask(editor.document));
  const lines = annotations ? annotatedLines(annotations, annotator.heat(annotations)) : [];
  const line = editor && lineBeside(lines, editor.selection.active.line + 1, direction);
  if (!editor || line === undefined || line > editor.document.lineCount) {
    sayNothingKnown();
    return;
  }
  const text = editor.document.lineAt(line - 1);
  const at = new vscode.Position(line - 1, text.firstNonWhitespaceCharacterIndex);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(text.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function find(
  reference: LineReference | undefined,
  { annotator }: LineParts,
): Promise<Found | undefined> {
  const editor = vscode.window.activeTextEditor;
  const document = reference
    ? await vscode.workspace.openTextDocument(vscode.Uri.parse(reference.uri, true))
    : editor?.document;
  const line = reference?.line ?? (editor ? editor.selection.active.line + 1 : 0);
  const annotations = document && (await annotator.files.ask(document));
  const sites = annotations && sitesAt(annotations, line);
  if (document && sites) return { document, line, sites };
  sayNothingKnown();
  return undefined;
}

function sayNothingKnown(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('No traces are known of this line. Lines with traces have text or a lens of Whyspan.'),
  );
}
