import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { sampleProgram } from './sampleProgram';

const shippedFile = 'media/walkthrough/whyspan_story.py';
const fileName = 'whyspan_story.py';

/** Writes the sample program where the user says, or to `target`, for this window's address, and opens it. */
export async function createSample(deps: Deps, target?: vscode.Uri): Promise<void> {
  const { l10n, window, workspace } = vscode;
  const uri = target ?? (await askWhere());
  if (!uri) return;
  const shipped = await workspace.fs.readFile(vscode.Uri.joinPath(deps.extensionUri, shippedFile));
  const text = sampleProgram(new TextDecoder().decode(shipped), deps.source.endpoints?.otlpUrl);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(uri);
  void window.showInformationMessage(
    l10n.t(
      'Run it in a terminal as its first lines say. Its storage becomes slow after a minute: watch the lines below ai_inference.',
    ),
  );
}

function askWhere(): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Create a Sample Program'),
    saveLabel: vscode.l10n.t('Create'),
    filters: { Python: ['py'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, fileName) } : {}),
  });
}
