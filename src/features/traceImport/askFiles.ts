import * as vscode from 'vscode';

/** Asks which files to import; none when the user thinks better of it. */
export async function askFiles(): Promise<readonly vscode.Uri[]> {
  const uris = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Trace Files'),
    openLabel: vscode.l10n.t('Import'),
    canSelectMany: true,
    filters: {
      [vscode.l10n.t('Traces (Jaeger JSON, OTLP JSON)')]: ['json', 'jsonl', 'gz'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
  return uris ?? [];
}
