import * as vscode from 'vscode';
import { views } from '../../platform/contributions';
import { DisposableStore } from '../../platform/disposableStore';
import { type ChosenTraces, tracesOfNodes } from './chosenTraces';
import { registerCommands } from './commands';
import type { ExplorerDeps } from './parts';
import { TraceLookup } from './traceLookup';
import { TraceTree } from './tree';
import type { TreeNode } from './treeNode';
import { showViewStatus } from './viewStatus';

export type { ChosenTraces } from './chosenTraces';
export type { TreeNode } from './treeNode';

const redrawMs = 250;
const ageRedrawMs = 30_000;

/** The sidebar: recent inference traces, with their spans and attributes. */
export function register(deps: ExplorerDeps): vscode.Disposable & { readonly traces: ChosenTraces } {
  const disposables = new DisposableStore();
  const lookup = new TraceLookup(deps.store, deps.opened);
  const tree = disposables.add(new TraceTree(deps, lookup));
  const view = disposables.add(
    vscode.window.createTreeView<TreeNode>(views.traces, {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: deps.drops,
    }),
  );
  const showStatus = () => showViewStatus(deps, { view, tree });

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
  disposables.add(
    deps.opened.onDidChange(({ added: [file] }) => {
      showStatus();
      tree.refresh();
      // Whoever imports a file wants to see it.
      if (file !== undefined) void view.reveal(tree.fileNode(file), { select: true, focus: false });
    }),
  );
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
  const traces: ChosenTraces = {
    selected: (nodes = view.selection) => tracesOfNodes(nodes, tree, lookup),
    shown: () => tracesOfNodes(tree.roots(), tree, lookup),
  };
  return { traces, dispose: () => disposables.dispose() };
}
