import * as vscode from 'vscode';
import { LensFormat } from '../../core/lens/lensFormat';
import type { AmbiguousSite } from '../../core/mapping/sitesOfFile';
import { cleanText } from '../../core/trace/cleanText';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { latencyThresholdMs } from './breaches';
import { hasLens, type Shares, shareOf } from './heat';
import { lensText } from './lensText';
import type { FileAnnotations } from './model';
import { fromFile } from './text';

/** The lenses of a file: one for each function that is worth one and has something to say, and one where it cannot be told which line made spans. */
export function codeLenses(
  document: vscode.TextDocument,
  { functions, ambiguous }: FileAnnotations,
  { settings, nowMs, shares }: Pick<Deps, 'settings' | 'nowMs'> & { readonly shares: Shares },
): vscode.CodeLens[] {
  const { t } = vscode.l10n;
  const { alert, annotations } = settings.current;
  const format = new LensFormat(annotations.lensFormat);
  const recent = { nowUs: nowMs() * 1000, windowUs: alert.windowUs };
  const choices = ambiguous.filter(({ line }) => line <= document.lineCount).map(choiceLens);
  const lenses = functions.flatMap((annotation) => {
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
  return [...lenses, ...choices];
}

/** Says that the spans may have been made elsewhere as well, and asks. */
function choiceLens({ site, line, places }: AmbiguousSite): vscode.CodeLens {
  const name = cleanText(site.spanName, 40).replaceAll('$(', '$ (');
  return new vscode.CodeLens(new vscode.Range(line - 1, 0, line - 1, 0), {
    title: vscode.l10n.t('{0} places open “{1}”: choose…', places, name),
    tooltip: vscode.l10n.t('Say which line makes these spans'),
    command: commands.chooseLine,
    arguments: [site.key],
  });
}
