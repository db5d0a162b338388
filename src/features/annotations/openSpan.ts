import * as vscode from 'vscode';
import { cleanText } from '../../core/trace/cleanText';
import type { Span } from '../../core/trace/span';
import { commands } from '../../platform/contributions';
import { withoutLinks } from '../../platform/withoutLinks';
import type { CodeLocator, CodePlace } from './codePlace';

/** Shows the line that made a span; asks which when there are several, and says so when there is none. */
export async function openSpan(
  span: Span,
  locator: CodeLocator & { remember(span: Span, place: CodePlace): Promise<void> },
): Promise<void> {
  const places = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Looking for the line of {0}', cleanText(span.name, 40)),
    },
    () => locator.find(span, new vscode.CancellationTokenSource().token),
  );
  const place = places.length > 1 ? await choose(places) : places[0];
  if (place) {
    await show(place);
    if (places.length > 1) await offerToRemember(span, place, locator);
    return;
  }
  if (places.length > 0) return;
  const diagnose = vscode.l10n.t('Diagnose');
  const action = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No line of this workspace opens a span named “{0}”. Is the folder with its code open?',
      withoutLinks(cleanText(span.name, 60)),
    ),
    diagnose,
  );
  if (action === diagnose) await vscode.commands.executeCommand(commands.diagnose);
}

async function offerToRemember(
  span: Span,
  place: CodePlace,
  locator: { remember(span: Span, place: CodePlace): Promise<void> },
): Promise<void> {
  const always = vscode.l10n.t('Always');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Always take {0} for “{1}”, also for what is written into the code?',
      withoutLinks(placeText(place)),
      withoutLinks(cleanText(span.name, 60)),
    ),
    always,
  );
  if (answer === always) await locator.remember(span, place);
}

async function choose(places: readonly CodePlace[]): Promise<CodePlace | undefined> {
  const items = places.map((place) => ({
    label: placeText(place),
    description: place.functionName ?? '',
    place,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Several places open this span'),
  });
  return picked?.place;
}

function placeText({ uri, line }: CodePlace): string {
  return `${vscode.workspace.asRelativePath(uri)}:${line}`;
}

async function show({ uri, line }: CodePlace): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = new vscode.Position(Math.min(line, document.lineCount) - 1, 0);
  const range = document.lineAt(at.line).range;
  const start = range.start.translate(0, document.lineAt(at.line).firstNonWhitespaceCharacterIndex);
  const editor = await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(start, start),
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
