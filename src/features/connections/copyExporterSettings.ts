import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { exporterSettings, portNotes } from './exporterSettings';

/** Copies what a program must be started with to send its spans here, and says what that is. */
export async function copyExporterSettings({ source }: Deps): Promise<void> {
  const { endpoints } = source;
  if (!endpoints) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Whyspan receives no spans now. The setting whyspan.backend says where traces come from.',
      ),
    );
    return;
  }
  const text = exporterSettings(endpoints);
  await vscode.env.clipboard.writeText(text);
  const notes = portNotes(endpoints, vscode.l10n.t);
  void vscode.window.showInformationMessage(vscode.l10n.t('Copied: {0} {1}', text, notes));
}
