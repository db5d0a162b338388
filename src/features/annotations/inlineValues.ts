import * as vscode from 'vscode';
import type { FunctionSite } from '../../core/mapping/callSites';
import type { SiteSample } from '../../core/store/siteSummary';
import type { DrawnFiles } from './drawnFiles';
import type { FileAnnotations } from './model';
import { recordedText } from './recordedText';

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * Beside the values of a debug session those that were recorded, at the lines that set attributes. VS Code shows no values of its own in a
 * language that somebody offers some for, so the live values of these lines are asked for as well.
 */
export async function inlineValues(
  document: vscode.TextDocument,
  viewPort: vscode.Range,
  { stoppedLocation }: vscode.InlineValueContext,
  files: DrawnFiles,
): Promise<vscode.InlineValue[]> {
  const [annotations, callSites] = await Promise.all([files.ask(document), files.callSites(document)]);
  if (!annotations || !callSites) return [];
  const values: vscode.InlineValue[] = [];
  for (const { key, line, endLine, inFunction } of callSites.attributeWrites) {
    const range = new vscode.Range(
      line - 1,
      0,
      endLine - 1,
      document.lineAt(endLine - 1).range.end.character,
    );
    if (!viewPort.intersection(range) || range.start.isAfter(stoppedLocation.end)) continue;
    const text = recordedText(key, samplesAt(annotations, line, inFunction), vscode.l10n.t);
    if (text === '') continue;
    values.push(
      ...liveValues(document, range),
      new vscode.InlineValueText(new vscode.Range(range.end, range.end), text),
    );
  }
  return values;
}

/** The newest spans that a line wrote to. */
function samplesAt(
  { functions, writes }: FileAnnotations,
  line: number,
  inFunction: FunctionSite | undefined,
): readonly SiteSample[] {
  const write = writes.find((each) => each.startLine === line);
  const own = functions.find((each) => each.line === inFunction?.line);
  return (write ?? own)?.summary.newest ?? [];
}

/** Asks the debugger for whatever on a line may be a variable. What is in quotes is none. */
function liveValues(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.InlineValue[] {
  const values: vscode.InlineValue[] = [];
  for (let line = start.line; line <= end.line; line++) {
    const code = document
      .lineAt(line)
      .text.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, (text) => ' '.repeat(text.length));
    for (const { 0: name, index } of code.matchAll(identifier)) {
      const range = new vscode.Range(line, index, line, index + name.length);
      // What follows a dot or is called is no variable, and whose member is taken is not what is set.
      if (/[.]\s*$/.test(code.slice(0, index)) || /^\s*[.(]/.test(code.slice(index + name.length))) continue;
      values.push(new vscode.InlineValueVariableLookup(range, name, true));
    }
  }
  return values;
}
