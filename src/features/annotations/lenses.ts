import * as vscode from 'vscode';
import { LensFormat } from '../../core/lens/lensFormat';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { latencyThresholdMs } from './breaches';
import { hasLens, type Shares, shareOf } from './heat';
import { lensText } from './lensText';
import type { FileAnnotations } from './model';
import { fromFile } from './text';

/** The lenses of a file: one for each function that is worth one and has something to say. */
export function codeLenses(
  document: vscode.TextDocument,
  { functions }: FileAnnotations,
  { settings, nowMs, shares }: Pick<Deps, 'settings' | 'nowMs'> & { readonly shares: Shares },
): vscode.CodeLens[] {
  const { t } = vscode.l10n;
  const { alert, annotations } = settings.current;
  const format = new LensFormat(annotations.lensFormat);
  const recent = { nowUs: nowMs() * 1000, windowUs: alert.windowUs };
  return functions.flatMap((annotation) => {
    const { line, summary, fileName } = annotation;
    if (line > document.lineCount || !hasLens(annotation, shares, annotations.minimumShare)) return [];
    const title = lensText(summary, format, {
      recent: fileName === undefined ? recent : undefined,
      thresholdMs: latencyThresholdMs(settings.current),
      share: shareOf(annotation, shares),
      t,
    });
    if (title === '') return [];
    return new vscode.CodeLens(new vscode.Range(line - 1, 0, line - 1, 0), {
      title: fromFile(title, fileName, t),
      tooltip: t('Traces of this line, the slowest one, the chart…'),
      command: commands.lineActions,
      arguments: [{ uri: document.uri.toString(), line }],
    });
  });
}
