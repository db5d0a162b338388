import * as vscode from 'vscode';
import type { Disposable } from '../../core/event';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { Signals } from '../metrics/index';
import type { AlertView } from './model';
import { LatencyChartPanel, panelOptions, viewType } from './panel';

export type { AlertView } from './model';

/** The latency chart: its command, and its panel after a reload of the window. */
export function register(deps: Deps & { readonly alerts: AlertView; readonly signals: Signals }): Disposable {
  const store = new DisposableStore();
  let current: LatencyChartPanel | undefined;
  let answeredAtUs = deps.source.status.kind === 'ok' ? deps.source.status.answeredAtUs : undefined;
  const adopt = (panel: vscode.WebviewPanel) => {
    current?.dispose();
    const adopted = new LatencyChartPanel(panel, { ...deps, answeredAtUs: () => answeredAtUs });
    current = adopted;
    panel.onDidDispose(() => {
      if (current === adopted) current = undefined;
    });
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
    vscode.commands.registerCommand(commands.showChart, () => {
      if (current) return current.reveal();
      const title = vscode.l10n.t('Storage Latency');
      const options = panelOptions(deps.extensionUri);
      adopt(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Beside, options));
    }),
  );
  store.add(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = panelOptions(deps.extensionUri);
        adopt(panel);
      },
    }),
  );
  return store;
}
