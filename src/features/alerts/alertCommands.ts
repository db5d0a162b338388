import * as vscode from 'vscode';
import { mainRuleUid } from '../../core/alerts/decodeRules';
import { selectionOf } from '../../core/alerts/ruleValues';
import type { Span } from '../../core/trace/span';
import { commands } from '../../platform/contributions';
import type { AlertDeps } from './alertDeps';
import { type AlertSubject, subjectOf } from './alertSubject';
import { guiltyInference } from './guiltyInference';
import type { AlertCommand } from './index';
import type { MainAlert } from './mainAlert';
import type { AlertMute } from './mute';
import { muteAlert, unmuteAlert } from './muteCommands';
import { editRule, newRule } from './ruleCommands';
import type { RuleEngine } from './ruleEngine';
import { conditionsText, labelsText, stateText, valueText } from './ruleText';
import type { WatchedRule } from './watchedRule';

/** What the commands work on. */
export interface AlertParts {
  readonly deps: AlertDeps;
  readonly engine: RuleEngine;
  readonly main: MainAlert;
  readonly mute: AlertMute;
  /** Draws all anew. */
  readonly show: () => void;
}

/** Runs a command of the alerts, on what it was chosen at, else on the rule that is in the worst state. */
export async function alertCommand(command: AlertCommand, given: unknown, parts: AlertParts): Promise<void> {
  const subject = subjectOf(given);
  switch (command) {
    case 'newAlertRule':
      return newRule(parts.deps);
    case 'editAlertRule':
      return editRule(subject?.uid);
    case 'muteAlert':
      await muteAlert(subject && parts.engine.rule(subject.uid)?.rule, parts.mute);
      return parts.show();
    case 'unmuteAlert':
      await unmuteAlert(subject && parts.engine.rule(subject.uid)?.rule, parts.mute);
      return parts.show();
    case 'showAlertLine':
      return showLine(parts, subject);
    case 'showAlertChart':
      await vscode.commands.executeCommand(commands.showChart);
      return;
    case 'copyAlert': {
      const watched = subject ? parts.engine.rule(subject.uid) : undefined;
      if (watched) await vscode.env.clipboard.writeText(copiedText(watched, parts.deps));
      return;
    }
  }
}

async function showLine(parts: AlertParts, subject: AlertSubject | undefined): Promise<void> {
  const { deps, engine, main } = parts;
  const watched = subject ? engine.rule(subject.uid) : worstRule(engine);
  const isMain = !watched || watched.rule.uid === mainRuleUid;
  const span = isMain ? undefined : evidenceOf(watched, subject?.labels, deps);
  const guilty = span ?? guiltyInference(deps, main)?.span;
  if (!guilty) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No inference is known yet, so there is no line to show.'),
    );
    return;
  }
  const { traceId, spanId } = guilty;
  await vscode.commands.executeCommand(commands.goToCode, { traceId, spanId });
}

/** The alert of `whyspan.alert.*` unless another one alerts and it does not. */
function worstRule(engine: RuleEngine): WatchedRule | undefined {
  const alerting = engine.rules.filter(({ worst }) => worst?.state.name === 'alerting');
  return alerting[0] ?? engine.rule(mainRuleUid) ?? engine.rules[0];
}

/** The span whose value is nearest to that of the rule. */
function evidenceOf(
  watched: WatchedRule,
  labels: readonly string[] | undefined,
  { store, nowMs }: AlertDeps,
): Span | undefined {
  const { rule, worst, instances } = watched;
  const wanted = labels && instances.find((each) => each.labels.join('\0') === labels.join('\0'));
  const instance = wanted ?? worst;
  if (!instance?.worst) return undefined;
  const { condition, worst: value } = instance;
  const isShare = condition.signal.kind === 'error_share' || condition.signal.kind === 'prediction_share';
  // A share is made of ones and zeros: those that it counts show why it is high.
  const target = isShare ? (condition.evaluator.type === 'lt' ? 0 : 1) : value.value;
  const nowUs = nowMs() * 1000;
  const selection = { ...selectionOf(condition, rule.groupBy), labels: value.labels };
  return store.values.nearest(selection, target, [nowUs - 2 * condition.windowUs, nowUs]);
}

function copiedText({ rule, instances, worst }: WatchedRule, { settings }: AlertDeps): string {
  const { t } = vscode.l10n;
  const units = settings.current.inference;
  const rows = (instances.length > 0 ? instances : worst ? [worst] : []).map((instance) =>
    [labelsText(rule, instance.labels, t), stateText(instance.state, t), valueText(instance, units)]
      .filter((text) => text !== '')
      .join(', '),
  );
  return [`${rule.name}: ${conditionsText(rule, units, t)}`, ...rows].join('\n');
}
