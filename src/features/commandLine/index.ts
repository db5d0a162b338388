import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { readInstalled } from './installed';

/** What the command line needs beside the common things. */
export interface CommandLineDeps extends Deps {
  readonly globalState: vscode.Memento;
  readonly globalStorageUri: vscode.Uri;
  readonly version: string;
}

/** Makes the command `whyspan` available in the user's shells, and keeps it so when the extension is updated. */
export function register(deps: CommandLineDeps): vscode.Disposable {
  const disposables = new DisposableStore();
  const copy = {
    extensionFolder: deps.extensionUri.fsPath,
    folder: join(deps.globalStorageUri.fsPath, 'command-line'),
    version: deps.version,
    runtime: process.execPath,
    isWindows: process.platform === 'win32',
  };
  const setup = { copy, globalState: deps.globalState };
  const on = (id: string, doing: string, run: (folder: unknown) => Promise<void>) =>
    disposables.add(
      vscode.commands.registerCommand(id, (folder?: unknown) =>
        run(folder).catch((error: unknown) => deps.report(error, doing)),
      ),
    );
  // A bundle of its own: it is needed once.
  on(commands.installCommandLine, 'install the command line', async (folder) => {
    const { install } = await import('./installer');
    await install(setup, typeof folder === 'string' ? folder : undefined);
  });
  on(commands.uninstallCommandLine, 'uninstall the command line', async () => {
    const { uninstall } = await import('./installer');
    await uninstall(setup);
  });
  const installed = readInstalled(deps.globalState);
  if (installed && (installed.version !== deps.version || installed.runtime !== copy.runtime)) {
    import('./installer')
      .then(({ renew }) => renew(setup, installed))
      .catch((error: unknown) => deps.report(error, 'bring the command line up to date'));
  }
  return disposables;
}
