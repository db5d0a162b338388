import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';

/** The number is the version of what is kept: whether it was offered in this workspace. */
const offeredKey = 'whyspan.sharingOffered.1';

/** Offers to share the port of another window: once for a workspace, and only while nothing was chosen. */
export async function offerSharing({ source, settings, workspaceState }: Deps): Promise<void> {
  const { endpoints } = source;
  if (endpoints?.sharing !== 'possible' || settings.current.receiver.sharing !== 'ask') return;
  if (workspaceState.get<boolean>(offeredKey) === true) return;
  await workspaceState.update(offeredKey, true);
  const { t } = vscode.l10n;
  const ownPort = new URL(endpoints.otlpUrl).port;
  const share = t('Share');
  const separate = t('Use Port {0}', ownPort);
  const chosen = await vscode.window.showInformationMessage(
    t(
      'Another window with Whyspan receives at port {0}. Show its traces here, too, or only what is sent to port {1}?',
      endpoints.wantedPort,
      ownPort,
    ),
    share,
    separate,
  );
  if (chosen === undefined) return;
  await vscode.workspace
    .getConfiguration('whyspan')
    .update('receiver.sharing', chosen === share ? 'share' : 'separate', vscode.ConfigurationTarget.Global);
}
