import * as vscode from 'vscode';
import { mainRuleUid } from '../../core/alerts/decodeRules';
import { isMutedAt, type WallTime, weekdays } from '../../core/alerts/muteTiming';
import type { RuleNotice } from '../../core/alerts/ruleRun';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import type { MainAlert } from './mainAlert';
import { type AlertContext, noticeText } from './model';
import type { AlertMute } from './mute';
import { NotificationBudget } from './notificationBudget';
import { mergedText, ruleNoticeText } from './ruleNoticeText';

interface Action extends vscode.MessageItem {
  readonly run: () => Thenable<unknown>;
}

/** What notifications are made of. */
export interface NotifierOptions {
  readonly deps: Pick<Deps, 'settings' | 'log' | 'report' | 'nowMs'>;
  readonly main: MainAlert;
  readonly mute: AlertMute;
  readonly context: () => AlertContext;
}

/** Shows what is to be said of alerts: of one moment in one notification, and not more than so many an hour. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #budget: NotificationBudget;

  constructor(options: NotifierOptions) {
    this.#options = options;
    const { settings, nowMs } = options.deps;
    this.#budget = new NotificationBudget(() => settings.current.alerts.notificationsPerHour, nowMs);
  }

  notify(notices: readonly RuleNotice[]): void {
    const { deps, mute } = this.#options;
    for (const { kind, rule, instance } of notices)
      deps.log.info(`Alert ${kind}: ${rule.name}, ${instance.state.name}`);
    const now = wallTime(deps.nowMs());
    const heard = notices.filter(
      ({ rule }) => !mute.isRuleMuted(rule.uid) && !isMutedAt(rule.muteTimings, now),
    );
    const [first] = heard;
    if (!first) return;
    const room = this.#budget.take();
    if (room === 'withheld') {
      deps.log.info('The notification is withheld: there were as many within an hour as are allowed');
      return;
    }
    const text = heard.length === 1 ? this.#textOf(first) : this.#mergedText(heard);
    const note = vscode.l10n.t('There will be no other for up to an hour; the Alerts view goes on.');
    this.#show(room === 'last' ? `${text} ${note}` : text, heard);
  }

  #textOf(notice: RuleNotice): string {
    const { main, context } = this.#options;
    if (notice.rule.uid === mainRuleUid) return noticeText(notice.kind, main.state, context(), vscode.l10n.t);
    return ruleNoticeText(notice, this.#ruleContext);
  }

  #mergedText(notices: readonly RuleNotice[]): string {
    // A rule that fires for several groups at once, and nothing else, may say which.
    return mergedText(notices, this.#ruleContext);
  }

  get #ruleContext() {
    const { deps, context } = this.#options;
    const { latencyAttribute } = deps.settings.current.inference;
    return { latencyAttribute, connectionName: context().connectionName, t: vscode.l10n.t };
  }

  #show(text: string, notices: readonly RuleNotice[]): void {
    const actions = this.#actions(notices);
    // A warning for what is wrong, so that Do Not Disturb holds it back, information for what is right again.
    const isRight = notices.every(({ kind }) => kind === 'resolved');
    const shown = isRight
      ? vscode.window.showInformationMessage(text, ...actions)
      : vscode.window.showWarningMessage(text, ...actions);
    shown
      .then((action) => action?.run())
      .then(undefined, (error: unknown) => this.#options.deps.report(error, 'follow the notification'));
  }

  #actions(notices: readonly RuleNotice[]): readonly Action[] {
    const [notice] = notices;
    const uids = new Set(notices.map(({ rule }) => rule.uid));
    const subject =
      notice && uids.size === 1 ? { uid: notice.rule.uid, labels: notice.instance.labels } : undefined;
    const action = (title: string, command: string): Action => ({
      title,
      run: () => vscode.commands.executeCommand(command, subject),
    });
    const hasOnlyOutages = notices.every(({ kind }) => kind === 'outage');
    const first = hasOnlyOutages
      ? action(vscode.l10n.t('Diagnose'), commands.diagnose)
      : uids.size > 1
        ? action(vscode.l10n.t('Show Alerts'), 'whyspan.alerts.focus')
        : action(vscode.l10n.t('Show Line'), commands.showAlertLine);
    return [
      first,
      action(vscode.l10n.t('Show Chart'), commands.showAlertChart),
      action(vscode.l10n.t('Mute…'), commands.muteAlert),
    ];
  }
}

/** A time as the clock on the wall has it. */
function wallTime(ms: number): WallTime {
  const date = new Date(ms);
  return { weekday: weekdays[date.getDay()] ?? 'sunday', minute: date.getHours() * 60 + date.getMinutes() };
}
