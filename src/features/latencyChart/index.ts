import * as vscode from 'vscode';
import type { Disposable } from '../../core/event';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { Signals } from '../metrics/index';
import type { AlertView } from './model';

export type { AlertView } from './model';

/** The type of the panel, by which VS Code restores it. */
const viewType = 'whyspan.latencyChart';

/** The latency chart: its command, and its panel after a reload of the window. What draws it is loaded when it is first opened. */
export function register(deps: Deps & { readonly alerts: AlertView; readonly signals: Signals }): Disposable {
  const store = new DisposableStore();
  let current: vscode.WebviewPanel | undefined;
  let answeredAtUs = deps.source.status.kind === 'ok' ? deps.source.status.answeredAtUs : undefined;
  const adopt = async (panel: vscode.WebviewPanel) => {
    current?.dispose();
    current = panel;
    panel.onDidDispose(() => {
      if (current === panel) current = undefined;
    });
    const { fillPanel } = await import('./panel');
    // It may have been closed meanwhile.
    if (current === panel) fillPanel(panel, { ...deps, answeredAtUs: () => answeredAtUs });
  };
  store.add({ dispose: () => current?.dispose() });
  store.add(
    deps.source.onDidChangeStatus((status) => {
      if (status.kind === 'ok') answeredAtUs = status.answeredAtUs;
      // Another source, or none: what the last one answered says nothing about it.
      else if (status.kind !== 'failing') answeredAtUs = undefined;
    }),
  );
  store.add(
    vscode.commands.registerCommand(commands.showChart, async () => {
      if (current) {
        current.reveal();
        return;
      }
      const title = vscode.l10n.t('Storage Latency');
      const options = panelOptions(deps.extensionUri);
      await adopt(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Beside, options));
    }),
  );
  store.add(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = panelOptions(deps.extensionUri);
        await adopt(panel);
      },
    }),
  );
  return store;
}

/** What the panel may do and load. */
function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  const roots = [['dist', 'webview'], ['media']];
  return {
    enableScripts: true,
    localResourceRoots: roots.map((path) => vscode.Uri.joinPath(extensionUri, ...path)),
  };
}
