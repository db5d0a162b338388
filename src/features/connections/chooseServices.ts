import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { writeSetting } from './configuration';

/** Asks which services to watch, of all that Jaeger knows. Choosing none lets Whyspan find them. */
export async function chooseServices({ settings, source }: Deps): Promise<void> {
  const { t } = vscode.l10n;
  const services = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('Asking Jaeger for its services') },
    async () => (await source.client()).services(new AbortController().signal),
  );
  if (services.length === 0) {
    void vscode.window.showInformationMessage(t('Jaeger knows no service yet.'));
    return;
  }
  const watched = new Set(settings.current.services);
  const items = services.map((label) => ({ label, picked: watched.has(label) }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: t('Services to watch; none: those with inferences are found'),
  });
  if (!picked) return;
  const chosen = picked.map(({ label }) => label);
  await writeSetting('services', chosen.length === 0 ? undefined : chosen, 'workspace');
}
