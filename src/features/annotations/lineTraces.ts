import * as vscode from 'vscode';
import { cleanText } from '../../core/trace/cleanText';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import type { LineSites } from './lineSites';
import { type LineTracesText, lineTracesText } from './lineTracesText';
import { summaryOf } from './summaryOf';

/** The scheme of documents that list traces. */
export const lineTracesScheme = 'whyspan-traces';

const mostTraces = 50;
/** Lists that are remembered; VS Code asks again for one that is still open. */
const mostLists = 20;

/** Documents that list the traces of a line, for VS Code's peek view. */
export class LineTraces implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider {
  readonly #deps: Deps;
  readonly #lists = new Map<string, LineTracesText>();
  #next = 1;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Shows the traces of a line in a peek view below it, the newest first; whether there are any. */
  async peek(document: vscode.TextDocument, sites: LineSites, at: vscode.Position): Promise<boolean> {
    const { newest } = summaryOf(sites, this.#deps);
    const traces = new Map<string, Parameters<typeof lineTracesText>[0][number]>();
    for (const sample of newest) {
      const { traceId } = sample.span;
      const trace = this.#deps.store.trace(traceId) ?? this.#deps.opened.trace(traceId);
      if (trace && !traces.has(traceId) && traces.size < mostTraces) traces.set(traceId, { sample, trace });
    }
    if (traces.size === 0) return false;
    const list = lineTracesText([...traces.values()], sites.keys, vscode.l10n.t);
    const name = cleanText(sites.name ?? vscode.workspace.asRelativePath(document.uri), 60).replaceAll(
      '/',
      '∕',
    );
    const title = vscode.l10n.t('Traces of {0}', name);
    const uri = vscode.Uri.from({ scheme: lineTracesScheme, path: `/${title}`, query: String(this.#next++) });
    this.#remember(uri, list);
    const locations = list.starts.map((line) => new vscode.Location(uri, new vscode.Position(line, 0)));
    await vscode.commands.executeCommand('editor.action.peekLocations', document.uri, at, locations, 'peek');
    return true;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#lists.get(uri.toString())?.text ?? vscode.l10n.t('These traces are no longer listed.');
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.#lists.get(uri.toString())?.links ?? []).map(
      ({ line, from, to, opens, traceId, spanId }) => {
        const command = opens === 'trace' ? commands.revealTrace : commands.goToCode;
        const target = vscode.Uri.parse(
          `command:${command}?${encodeURIComponent(JSON.stringify({ traceId, spanId }))}`,
          true,
        );
        const link = new vscode.DocumentLink(new vscode.Range(line, from, line, to), target);
        link.tooltip =
          opens === 'trace' ? vscode.l10n.t('Show in the tree') : vscode.l10n.t('Go to its line');
        return link;
      },
    );
  }

  #remember(uri: vscode.Uri, list: LineTracesText): void {
    this.#lists.set(uri.toString(), list);
    for (const key of this.#lists.keys()) if (this.#lists.size > mostLists) this.#lists.delete(key);
  }
}
