import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';

/** Brings traces in from files: chosen in a dialog, named by a command, or dropped onto the tree. */
export function register(
  deps: Deps,
): vscode.Disposable & { readonly drops: vscode.TreeDragAndDropController<unknown> } {
  const disposables = new DisposableStore();
  const reported = (error: unknown) => deps.report(error, 'import traces');
  // A bundle of its own: who imports nothing does not load it.
  const importUris = async (uri?: unknown, all?: unknown) => {
    const { askFiles, importFiles, wantedFile } = await import('./importFiles');
    const given = [uri, ...(Array.isArray(all) ? all : [])].filter((each) => each instanceof vscode.Uri);
    const uris = given.length > 0 ? given : await askFiles();
    await importFiles(uris.map(wantedFile), deps);
  };
  for (const id of [commands.importFile, commands.openTraceFile]) {
    const run = (uri?: unknown, all?: unknown) => importUris(uri, all).catch(reported);
    disposables.add(vscode.commands.registerCommand(id, run));
  }
  const drops: vscode.TreeDragAndDropController<unknown> = {
    dropMimeTypes: ['text/uri-list', 'files'],
    dragMimeTypes: [],
    handleDrop: async (_, transfer) => {
      const { droppedFiles, importFiles } = await import('./importFiles');
      await droppedFiles(transfer)
        .then((wanted) => importFiles(wanted, deps))
        .catch(reported);
    },
  };
  return { drops, dispose: () => disposables.dispose() };
}
