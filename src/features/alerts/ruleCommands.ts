import * as vscode from 'vscode';
import { mainRuleUid } from '../../core/alerts/decodeRules';
import { parseDuration } from '../../core/duration';
import type { Deps } from '../../platform/deps';
import { type RuleWish, ruleEntry, signalChoices } from './newRule';

const key = 'alerts.rules';

/** Opens where a rule is written. */
export async function editRule(uid: string | undefined): Promise<void> {
  if (uid === mainRuleUid) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'whyspan.alert.');
    return;
  }
  const { workspaceValue } = vscode.workspace.getConfiguration('whyspan').inspect(key) ?? {};
  const command =
    workspaceValue === undefined
      ? 'workbench.action.openSettingsJson'
      : 'workbench.action.openWorkspaceSettingsFile';
  await vscode.commands.executeCommand(command, { revealSetting: { key: `whyspan.${key}`, edit: true } });
}

/** Asks for what a new rule needs, writes it into the settings, and opens it there. */
export async function newRule({ settings }: Deps): Promise<void> {
  const wish = await askRule(settings.current.inference.latencyAttribute);
  if (!wish) return;
  const configuration = vscode.workspace.getConfiguration('whyspan');
  const { workspaceValue } = configuration.inspect(key) ?? {};
  const target =
    workspaceValue === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  const known = configuration.get<unknown[]>(key, []);
  await configuration.update(key, [...(Array.isArray(known) ? known : []), ruleEntry(wish)], target);
  const edit = vscode.l10n.t('Edit');
  const said = vscode.l10n.t('The rule “{0}” is watched from now on.', wish.name);
  vscode.window
    .showInformationMessage(said, edit)
    .then((choice) => (choice === edit ? editRule(undefined) : undefined));
}

async function askRule(latencyAttribute: string): Promise<RuleWish | undefined> {
  const { t } = vscode.l10n;
  const choice = await vscode.window.showQuickPick(signalChoices(latencyAttribute, t), {
    title: t('New Alert Rule (1 of 4)'),
    placeHolder: t('What should the rule watch?'),
  });
  if (!choice) return undefined;
  const subject = choice.asks === undefined ? '' : await askText(t('New Alert Rule (1 of 4)'), choice.asks);
  if (subject === undefined) return undefined;
  const limit = await vscode.window.showInputBox({
    title: t('New Alert Rule (2 of 4)'),
    prompt: choice.limitPrompt,
    value: choice.limit,
    validateInput: (text) =>
      /^\s*[<>]?\s*-?\d+(\.\d+)?\s*$/.test(text) ? undefined : t('Write a number, with > or < before it.'),
  });
  if (limit === undefined) return undefined;
  const window = await vscode.window.showInputBox({
    title: t('New Alert Rule (3 of 4)'),
    prompt: t('Over which time? Such as 5m or 1h30m.'),
    value: '5m',
    validateInput: (text) =>
      parseDuration(text) === undefined ? t('Write a duration such as 5m, 1h30m or 20s.') : undefined,
  });
  if (window === undefined) return undefined;
  const name = await askText(t('New Alert Rule (4 of 4)'), t('What is it called?'));
  return name === undefined ? undefined : { choice, subject, limit, window, name };
}

/** A text that is not empty. */
function askText(title: string, prompt: string): Thenable<string | undefined> {
  const empty = vscode.l10n.t('Write something.');
  return vscode.window.showInputBox({
    ...{ title, prompt },
    validateInput: (text) => (text.trim() === '' ? empty : undefined),
  });
}
