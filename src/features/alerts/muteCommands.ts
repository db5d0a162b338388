import * as vscode from 'vscode';
import type { Rule } from '../../core/alerts/rule';
import { cleanText } from '../../core/trace/cleanText';
import type { AlertMute } from './mute';

const minuteMs = 60_000;

interface Choice extends vscode.QuickPickItem {
  readonly durationMs: number | undefined;
  readonly isForAll: boolean;
}

/** Asks for how long notifications are held back: of one rule, or of all. */
export async function muteAlert(rule: Rule | undefined, mute: AlertMute): Promise<void> {
  const { t } = vscode.l10n;
  const placeHolder = rule
    ? t('Hold back notifications of {0}; the Alerts view still shows its state', cleanText(rule.name, 60))
    : t('Hold back notifications of the alert; the status bar still shows its state');
  const items: readonly vscode.QuickPickItem[] = rule
    ? [
        ...choices(false, t('Don’t show again')),
        { label: t('All alerts'), kind: vscode.QuickPickItemKind.Separator },
        ...choices(true, t('Until I unmute them')),
      ]
    : choices(true, t('Until I unmute it'));
  const choice = await vscode.window.showQuickPick(items, { placeHolder });
  if (!isChoice(choice)) return;
  if (choice.isForAll || !rule) await mute.mute(choice.durationMs);
  else await mute.muteRule(rule.uid, choice.durationMs);
}

/** Has one rule be heard again, or all of them. */
export async function unmuteAlert(rule: Rule | undefined, mute: AlertMute): Promise<void> {
  // A rule that is mute with all others is not heard as long as these are not.
  if (!rule || mute.isMuted) await mute.unmute();
  else await mute.unmuteRule(rule.uid);
}

function choices(isForAll: boolean, forGood: string): readonly Choice[] {
  const { t } = vscode.l10n;
  return [
    { label: t('For 15 minutes'), durationMs: 15 * minuteMs, isForAll },
    { label: t('For 1 hour'), durationMs: 60 * minuteMs, isForAll },
    { label: t('For 8 hours'), durationMs: 480 * minuteMs, isForAll },
    { label: forGood, durationMs: undefined, isForAll },
  ];
}

function isChoice(item: vscode.QuickPickItem | undefined): item is Choice {
  return item !== undefined && 'isForAll' in item;
}
