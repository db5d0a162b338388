import * as vscode from 'vscode';
import { chooseConnection } from '../../platform/chosenConnection';
import type { Deps } from '../../platform/deps';
import type { Connection } from '../../sources/connection';

/** Asks for the secret of a connection and keeps it in VS Code's secret storage, for the connection's origin only. */
export async function setSecret(deps: Deps): Promise<void> {
  const connection = await pickConnection(deps, vscode.l10n.t('Whose secret?'));
  const secret = connection && (await askSecret(connection));
  if (!connection || secret === undefined) return;
  await deps.secrets.write(new URL(connection.url).origin, secret);
  deps.source.reconnect();
}

/** Deletes the secret of a connection's origin. */
export async function forgetSecret(deps: Deps): Promise<void> {
  const connection = await pickConnection(deps, vscode.l10n.t('Whose secret is forgotten?'));
  if (!connection) return;
  const { origin } = new URL(connection.url);
  await deps.secrets.forget(origin);
  void vscode.window.showInformationMessage(vscode.l10n.t('The secret for {0} is forgotten.', origin));
  deps.source.reconnect();
}

/** Asks for a token or password; `undefined` when the user stops or types nothing. */
export async function askSecret(connection: Connection): Promise<string | undefined> {
  const { origin } = new URL(connection.url);
  const prompt =
    connection.auth.type === 'basic'
      ? vscode.l10n.t('Password of {0} for {1}', connection.auth.username, origin)
      : vscode.l10n.t('Bearer token for {0}', origin);
  const typed = await vscode.window.showInputBox({ prompt, password: true, ignoreFocusOut: true });
  return typed?.trim() || undefined;
}

async function pickConnection({ settings }: Deps, placeHolder: string): Promise<Connection | undefined> {
  const { connections, metrics } = settings.current;
  const jaegers = connections.length > 0 ? connections : [chooseConnection(settings.current).connection];
  const servers = metrics.connection ? [...jaegers, metrics.connection] : jaegers;
  if (servers.length < 2) return servers[0];
  const items = servers.map((connection) => ({
    label: connection.name,
    description: connection.url,
    connection,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.connection;
}
