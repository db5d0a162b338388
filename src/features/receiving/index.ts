import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { offerSharing } from './offerSharing';
import { warnOfOpenness } from './warnOfOpenness';

export { receivedTrouble, troubleCount } from './receivedTrouble';
export { receivingLines } from './receivingLines';

/** What is to be said and decided about receiving: sharing with another window, being open to others, and the token. */
export function register(deps: Deps & { readonly globalState: vscode.Memento }): vscode.Disposable {
  const { source, receiverToken, report } = deps;
  const disposables = new DisposableStore();
  const look = () => {
    offerSharing(deps).catch((error: unknown) => report(error, 'offer to share'));
    warnOfOpenness(source, deps.globalState).catch((error: unknown) => report(error, 'warn'));
  };
  disposables.add(source.onDidChangeStatus(look));
  const on = (id: string, run: () => Promise<string>) =>
    disposables.add(
      vscode.commands.registerCommand(id, () =>
        run()
          .then((said) => void vscode.window.showInformationMessage(said))
          .catch((error: unknown) => report(error, 'use the token of the receiver')),
      ),
    );
  on(commands.copyReceiverToken, async () => {
    await vscode.env.clipboard.writeText(await receiverToken.read());
    return vscode.l10n.t(
      'Copied. Programs send it in the header x-whyspan-token; it is demanded only where whyspan.receiver.bindAddress lets others send.',
    );
  });
  on(commands.renewReceiverToken, async () => {
    await receiverToken.renew();
    return vscode.l10n.t(
      'The token was renewed: programs that bring the old one are refused until they are given the new one.',
    );
  });
  return disposables;
}
