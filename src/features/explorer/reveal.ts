import * as vscode from 'vscode';
import { noFilter } from './model';
import type { ExplorerDeps, ExplorerParts } from './parts';

/** Selects an inference in the tree, without its filter if that hides it. */
export async function reveal(
  ids: { readonly traceId: string; readonly spanId?: string | undefined },
  deps: ExplorerDeps,
  { tree, view }: ExplorerParts,
): Promise<void> {
  let node = tree.nodeOf(ids.traceId, ids.spanId);
  if (!node && (deps.store.trace(ids.traceId) || deps.opened.trace(ids.traceId))) {
    tree.filter = noFilter;
    node = tree.nodeOf(ids.traceId, ids.spanId);
  }
  if (!node) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This trace is no longer kept. “Open Trace by ID…” asks Jaeger for it.'),
    );
    return;
  }
  tree.refresh();
  await view.reveal(node, { select: true, focus: true, expand: true });
}
