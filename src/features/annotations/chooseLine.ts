import * as vscode from 'vscode';
import type { SitePlace } from '../../core/mapping/resolveSite';
import { cleanText } from '../../core/trace/cleanText';
import type { CodeMap } from './codeMap';

/** What can be chosen of. */
type Undecided = Awaited<ReturnType<CodeMap['undecided']>>[number];

/** Asks which of several places makes the spans of a site, given by its key or asked for; a choice can be taken back. */
export async function chooseLine(map: CodeMap, siteKey: unknown): Promise<void> {
  const all = await map.undecided();
  const known = all.find(({ site }) => site.key === siteKey);
  if (all.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No span of these traces could have been opened at several lines of this workspace.'),
    );
    return;
  }
  const undecided = known ?? (await pickSpan(all));
  if (!undecided) return;
  const picked = await pickPlace(undecided);
  if (picked) await map.choose(undecided.site, picked.place);
}

async function pickSpan(all: readonly Undecided[]): Promise<Undecided | undefined> {
  const items = all.map((undecided) => ({
    label: cleanText(undecided.site.spanName, 60),
    description: cleanText(undecided.site.service, 40),
    detail: undecided.chosen
      ? vscode.l10n.t('Chosen: {0}', placeText(undecided.chosen))
      : vscode.l10n.t('{0} places open it', undecided.places.length),
    undecided,
  }));
  const placeHolder = vscode.l10n.t('Choose the line of which span?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.undecided;
}

async function pickPlace({
  site,
  chosen,
  places,
}: Undecided): Promise<{ readonly place: SitePlace | undefined } | undefined> {
  const items: (vscode.QuickPickItem & { readonly place: SitePlace | undefined })[] = places.map((place) => ({
    label: placeText(place),
    description: place.inFunction?.name ?? '',
    ...(place === chosen ? { detail: vscode.l10n.t('Chosen by you') } : {}),
    place,
  }));
  if (chosen) items.push({ label: vscode.l10n.t('None: take the choice back'), place: undefined });
  return vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Which line opens “{0}”?', cleanText(site.spanName, 60)),
  });
}

function placeText({ file, line }: SitePlace): string {
  return `${vscode.workspace.asRelativePath(vscode.Uri.parse(file.key))}:${line}`;
}
