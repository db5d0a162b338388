import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { TraceSource } from '../../platform/deps';

/** The number is the version of what is kept: the address that was warned of. */
const warnedKey = 'whyspan.openWarned.1';

/** Warns that others than programs of this machine can send here: once for an address. */
export async function warnOfOpenness(source: TraceSource, globalState: vscode.Memento): Promise<void> {
  const openTo = source.endpoints?.openTo;
  if (!openTo || globalState.get<string>(warnedKey) === openTo.address) return;
  await globalState.update(warnedKey, openTo.address);
  const { t } = vscode.l10n;
  const copy = t('Copy Exporter Settings');
  const change = t('Open Setting');
  const chosen = await vscode.window.showWarningMessage(
    t(
      'Whyspan receives at {0}, port {1}: programs in containers and on other machines can send here, as far as your network lets them. Each request must bring the token.',
      openTo.address,
      openTo.port,
    ),
    copy,
    change,
  );
  if (chosen === copy) await vscode.commands.executeCommand(commands.copyExporterSettings);
  if (chosen === change)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'whyspan.receiver.bindAddress');
}
