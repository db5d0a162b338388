import * as vscode from 'vscode';
import type { AlertNotice, AlertState } from '../../core/alerts/alertState';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { type AlertContext, noticeText } from './model';

interface Action extends vscode.MessageItem {
  readonly command: string;
}

/** Shows one notification: a warning for what is wrong, so that Do Not Disturb holds it back, information for what is right again. */
export function notify(notice: AlertNotice, state: AlertState, context: AlertContext, deps: Deps): void {
  const text = noticeText(notice, state, context, vscode.l10n.t);
  const showLine: Action = { title: vscode.l10n.t('Show Line'), command: commands.showAlertLine };
  const showChart: Action = { title: vscode.l10n.t('Show Chart'), command: commands.showChart };
  const mute: Action = { title: vscode.l10n.t('Mute…'), command: commands.muteAlert };
  const diagnose: Action = { title: vscode.l10n.t('Diagnose'), command: commands.diagnose };
  const shown =
    notice === 'resolved'
      ? vscode.window.showInformationMessage(text, showLine, showChart, mute)
      : vscode.window.showWarningMessage(text, notice === 'outage' ? diagnose : showLine, showChart, mute);
  shown
    .then((action) => (action ? vscode.commands.executeCommand(action.command) : undefined))
    .then(undefined, (error: unknown) => deps.report(error, 'follow the notification'));
}
