import * as vscode from 'vscode';
import { contextKeys, views } from '../../platform/contributions';
import { DisposableStore } from '../../platform/disposableStore';
import { troubleCount } from '../receiving/index';
import { registerCommands } from './commands';
import type { ExplorerDeps } from './parts';
import { TraceLookup } from './traceLookup';
import { TraceTree } from './tree';
import { viewMessage } from './viewMessage';

const redrawMs = 250;
const ageRedrawMs = 30_000;

/** The sidebar: recent inference traces, with their spans and attributes. */
export function register(deps: ExplorerDeps): vscode.Disposable {
  const disposables = new DisposableStore();
  const lookup = new TraceLookup(deps.store);
  const tree = disposables.add(new TraceTree(deps, lookup));
  const view = disposables.add(
    vscode.window.createTreeView(views.traces, { treeDataProvider: tree, showCollapseAll: true }),
  );
  const setContext = (key: string, value: unknown) =>
    void vscode.commands.executeCommand('setContext', key, value);
  const showStatus = () => {
    const { source } = deps;
    setContext(contextKeys.source, source.status.kind);
    setContext(contextKeys.backend, source.endpoints && !source.connection ? 'embedded' : 'jaeger');
    setContext(contextKeys.failure, source.status.kind === 'failing' ? source.status.error.kind : '');
    const troubles = source.received ? troubleCount(source.received) : 0;
    setContext(contextKeys.isRefusing, troubles > 0);
    setContext(contextKeys.isPaused, source.isPaused);
    setContext(
      contextKeys.isFiltered,
      tree.filter.text !== '' || tree.filter.isErrorsOnly || tree.filter.isSlowOnly,
    );
    const context = {
      stats: deps.store.stats(),
      isPaused: source.isPaused,
      filter: tree.filter,
      troubles,
      t: vscode.l10n.t,
    };
    // VS Code shows no welcome beside a message, and the welcome is what helps where there is nothing else.
    view.message = tree.isEmpty ? '' : viewMessage(source.status, context);
    const firing = deps.alerts.state.name === 'alerting' ? 1 : 0;
    view.badge =
      firing > 0 ? { value: firing, tooltip: vscode.l10n.t('{0} alert is firing', firing) } : undefined;
  };

  let pending: ReturnType<typeof setTimeout> | undefined;
  const redrawSoon = () => {
    pending ??= setTimeout(() => {
      pending = undefined;
      showStatus();
      if (view.visible) tree.refresh();
    }, redrawMs);
  };
  const ageTimer = setInterval(() => {
    if (view.visible) tree.refresh();
  }, ageRedrawMs);
  disposables.add({
    dispose: () => {
      clearTimeout(pending);
      clearInterval(ageTimer);
    },
  });
  disposables.add(deps.store.onDidChange(redrawSoon));
  disposables.add(deps.settings.onDidChange(redrawSoon));
  disposables.add(deps.source.onDidChangeStatus(showStatus));
  disposables.add(deps.alerts.onDidChange(showStatus));
  disposables.add(
    view.onDidChangeVisibility(({ visible }) => {
      if (!visible) return;
      tree.refresh();
      // Nobody polls for a Jaeger that is not configured; looking here is asking.
      if (deps.source.status.kind === 'idle') {
        deps.source.refresh().catch((error: unknown) => deps.report(error, 'look for a local Jaeger'));
      }
    }),
  );
  disposables.add(registerCommands(deps, { view, tree, lookup, redraw: redrawSoon }));
  showStatus();
  return disposables;
}
