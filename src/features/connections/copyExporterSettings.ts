import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import type { Endpoints } from '../../platform/endpoints';
import { containerVariables, exporterVariables, portNotes, shellText, shownText } from './exporterSettings';

/** Copies what a program must be started with to send its spans here, and says what that is. */
export async function copyExporterSettings({ source }: Deps): Promise<void> {
  const { t } = vscode.l10n;
  const { endpoints } = source;
  if (!endpoints) {
    void vscode.window.showInformationMessage(
      t('Whyspan receives no spans now. The setting whyspan.backend says where traces come from.'),
    );
    return;
  }
  const chosen = await choose(endpoints);
  if (!chosen) return;
  await vscode.env.clipboard.writeText(shellText(chosen.variables));
  const notes = [chosen.note, portNotes(endpoints, t)].filter((note) => note !== '').join(' ');
  void vscode.window.showInformationMessage(t('Copied: {0} {1}', shownText(chosen.variables), notes));
}

/** Asks for whom, where programs in containers can send here. */
async function choose(endpoints: Endpoints) {
  const { t } = vscode.l10n;
  const local = {
    label: t('For programs on this machine'),
    description: endpoints.otlpUrl,
    variables: exporterVariables(endpoints),
    note: '',
  };
  const variables = containerVariables(endpoints);
  if (!variables) return local;
  const container = {
    label: t('For programs in containers'),
    description: variables.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    variables,
    note: t(
      'Docker on Linux knows host.docker.internal when the container is started with --add-host=host.docker.internal:host-gateway.',
    ),
  };
  return vscode.window.showQuickPick([local, container], { placeHolder: t('Who sends the spans?') });
}
