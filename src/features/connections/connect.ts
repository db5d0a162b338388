import * as vscode from 'vscode';
import { asArray } from '../../core/decode/jsonValue';
import { isHumanError } from '../../core/humanError';
import { localConnection } from '../../platform/chosenConnection';
import type { Deps } from '../../platform/deps';
import { parseUrl } from '../../platform/parseConnections';
import type { Connection, ConnectionAuth } from '../../sources/connection';
import { writeSetting } from './configuration';
import { askSecret } from './secretCommands';

/** Asks for a Jaeger step by step, tries it, and writes it into the settings. Leaves nothing behind when the user stops. */
export async function connect(deps: Deps): Promise<void> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    title: t('Connect to Jaeger (1/3)'),
    prompt: t('Address of Jaeger’s query service or UI, with its base path'),
    value: localConnection.url,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const url = parseUrl(text.trim() || undefined);
      return typeof url === 'string' ? undefined : url.problem;
    },
  });
  const url = parseUrl(typed?.trim());
  if (typed === undefined || typeof url !== 'string') return;
  const auth = await askAuth();
  if (!auth) return;
  const taken = new Set(deps.settings.current.connections.map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title: t('Connect to Jaeger (3/3)'),
    prompt: t('What do you call it?'),
    value: freeName(new URL(url).hostname, taken),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || taken.has(text.trim())
        ? t('Choose a name that no other connection has.')
        : undefined,
  });
  if (name === undefined) return;
  const connection: Connection = { ...localConnection, name: name.trim(), url, auth };
  if (auth.type === 'bearer' || auth.type === 'basic') {
    const secret = await askSecret(connection);
    if (secret === undefined) return;
    await deps.secrets.write(new URL(url).origin, secret);
  }
  if (!(await isWanted(deps, connection))) return;
  await save(connection);
}

async function askAuth(): Promise<ConnectionAuth | undefined> {
  const { t } = vscode.l10n;
  const picked = await vscode.window.showQuickPick(
    [
      { type: 'none' as const, label: t('No authentication') },
      {
        type: 'bearer' as const,
        label: t('Bearer token'),
        description: t('kept in VS Code’s secret storage'),
      },
      { type: 'basic' as const, label: t('User name and password') },
      {
        type: 'command' as const,
        label: t('A command that prints a token'),
        description: t('asked again after a 401'),
      },
    ],
    {
      title: t('Connect to Jaeger (2/3)'),
      placeHolder: t('How do requests prove who sends them?'),
      ignoreFocusOut: true,
    },
  );
  if (!picked) return undefined;
  switch (picked.type) {
    case 'none':
    case 'bearer':
      return { type: picked.type };
    case 'basic': {
      const username = await vscode.window.showInputBox({ prompt: t('User name'), ignoreFocusOut: true });
      return username === undefined ? undefined : { type: 'basic', username };
    }
    case 'command': {
      const command = await vscode.window.showInputBox({ prompt: t('Command line'), ignoreFocusOut: true });
      return command ? { type: 'command', command } : undefined;
    }
  }
}

/** Tries a connection; the user decides about one that does not answer. */
async function isWanted(deps: Deps, connection: Connection): Promise<boolean> {
  const { t } = vscode.l10n;
  try {
    const services = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Asking {0}', connection.url),
        cancellable: true,
      },
      async (_, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        return (await deps.source.client(connection)).services(abort.signal);
      },
    );
    void vscode.window.showInformationMessage(
      t('Connected to {0}: {1} services.', connection.name, services.length),
    );
    return true;
  } catch (error) {
    if (!isHumanError(error)) throw error;
    const saveAnyway = t('Save Anyway');
    return (await vscode.window.showWarningMessage(error.message, saveAnyway)) === saveAnyway;
  }
}

async function save({ name, url, auth }: Connection): Promise<void> {
  const entry = {
    name,
    url,
    ...(auth.type === 'none' ? {} : { auth: auth.type }),
    ...(auth.type === 'basic' ? { username: auth.username } : {}),
    ...(auth.type === 'command' ? { tokenCommand: auth.command } : {}),
  };
  const written = asArray(vscode.workspace.getConfiguration('whyspan').get('connections'));
  await writeSetting('connections', [...written, entry]);
  await writeSetting('connection', name);
}

function freeName(wish: string, taken: ReadonlySet<string>): string {
  let name = wish;
  for (let count = 2; taken.has(name); count++) name = `${wish} ${count}`;
  return name;
}
