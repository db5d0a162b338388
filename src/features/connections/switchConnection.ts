import * as vscode from 'vscode';
import { chooseConnection } from '../../platform/chosenConnection';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { writeSetting } from './configuration';

/** Asks which of the connections to use from now on. */
export async function switchConnection({ settings }: Deps): Promise<void> {
  const { t } = vscode.l10n;
  const { connections } = settings.current;
  const current = chooseConnection(settings.current).connection.name;
  const another = { label: t('Connect to another Jaeger…'), description: '', name: undefined };
  const items = connections.map(({ name, url }) => ({
    label: name,
    description: name === current ? t('{0}, current', url) : url,
    name,
  }));
  const picked = await vscode.window.showQuickPick([...items, another], { placeHolder: t('Which Jaeger?') });
  if (!picked) return;
  if (picked.name === undefined) await vscode.commands.executeCommand(commands.connect);
  else await writeSetting('connection', picked.name);
}
