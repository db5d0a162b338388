import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import type { CodeLocator, CodePlace } from './codePlace';
import type { Shares } from './heat';
import { type SlowPlace, slowestPlaces, slowPlaceText } from './slowestLinesModel';

/** Most places that are looked for in the workspace. */
const mostPlaces = 60;

interface Item extends vscode.QuickPickItem {
  readonly place: CodePlace;
}

/** Lets the user choose among the lines that traces wait longest for; each is shown while it is looked at. */
export async function goToSlowestLine(deps: Deps, locator: CodeLocator, shares: Shares): Promise<void> {
  const places = slowestPlaces(deps.store, shares, mostPlaces);
  const before = vscode.window.activeTextEditor;
  const view = before && {
    document: before.document,
    column: before.viewColumn,
    selection: before.selection,
  };
  const abort = new vscode.CancellationTokenSource();
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = vscode.l10n.t('Lines that traces wait longest for, in this workspace');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  pick.onDidChangeActive(([item]) => {
    if (item) void show(item.place, true);
  });
  const chosen = new Promise<Item | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      // While nothing has been found yet there is nothing to accept.
      if (item) resolve(item);
    });
    pick.onDidHide(() => resolve(undefined));
  });
  pick.show();
  const looking = lookFor(places, { locator, pick, token: abort.token });
  looking.catch((error: unknown) => deps.report(error, 'look for the slowest lines'));
  const item = await chosen;
  abort.cancel();
  pick.dispose();
  if (item) await show(item.place, false);
  else if (view) {
    const { document, column, selection } = view;
    await vscode.window.showTextDocument(document, {
      selection,
      ...(column === undefined ? {} : { viewColumn: column }),
    });
  }
}

/** Finds the lines one after the other, and shows each when it is found. */
async function lookFor(
  places: readonly SlowPlace[],
  {
    locator,
    pick,
    token,
  }: {
    readonly locator: CodeLocator;
    readonly pick: vscode.QuickPick<Item>;
    readonly token: vscode.CancellationToken;
  },
): Promise<void> {
  for (const place of places) {
    const [sample] = place.summary.newest;
    const found = sample ? await locator.find(sample.span, token) : [];
    if (token.isCancellationRequested) return;
    const { label, detail } = slowPlaceText(place, vscode.l10n.t);
    const added = found.map((at): Item => {
      const description = `${vscode.workspace.asRelativePath(at.uri)}:${at.line}`;
      return { label, description, detail, place: at };
    });
    // The choice that was made so far stays: new ones come below it.
    const [active] = pick.activeItems;
    if (added.length > 0) pick.items = [...pick.items, ...added];
    if (active) pick.activeItems = [active];
  }
  pick.busy = false;
  if (pick.items.length === 0)
    pick.placeholder = vscode.l10n.t('No line of this workspace made a span that is known');
}

async function show({ uri, line }: CodePlace, isPreview: boolean): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { range } = document.lineAt(Math.min(line, document.lineCount) - 1);
  const editor = await vscode.window.showTextDocument(document, {
    preserveFocus: isPreview,
    preview: isPreview,
    selection: isPreview ? range : new vscode.Range(range.start, range.start),
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
