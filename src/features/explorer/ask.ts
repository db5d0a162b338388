import * as vscode from 'vscode';
import { type Grouping, groupings, type TraceFilter } from './model';

/** Asks which traces to show; `undefined` when the user changed nothing. */
export async function askFilter(current: TraceFilter): Promise<TraceFilter | undefined> {
  const errors = { label: vscode.l10n.t('Errors only'), picked: current.isErrorsOnly };
  const slow = { label: vscode.l10n.t('Over the threshold only'), picked: current.isSlowOnly };
  const text = {
    label: vscode.l10n.t('Contains text…'),
    description: vscode.l10n.t('in service, span name, prediction or trace id'),
    picked: current.text !== '',
  };
  const picked = await vscode.window.showQuickPick([errors, slow, text], {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Show only traces that match all of these'),
  });
  if (!picked) return undefined;
  let typed: string | undefined = '';
  if (picked.includes(text)) {
    typed = await vscode.window.showInputBox({
      prompt: vscode.l10n.t('Text in service, span name, prediction or trace id'),
      value: current.text,
    });
    if (typed === undefined) return undefined;
  }
  const line = current.line ? { line: current.line } : {};
  const only = { isErrorsOnly: picked.includes(errors), isSlowOnly: picked.includes(slow) };
  return { ...only, text: typed.trim(), ...line };
}

/** Asks how to group traces; `undefined` when the user changed nothing. */
export async function askGrouping(current: Grouping): Promise<Grouping | undefined> {
  const labels: Record<Grouping, string> = {
    service: vscode.l10n.t('By service'),
    prediction: vscode.l10n.t('By prediction'),
    state: vscode.l10n.t('By state'),
    none: vscode.l10n.t('Not at all'),
  };
  const items = groupings.map((grouping) => ({
    grouping,
    label: labels[grouping],
    description: grouping === current ? vscode.l10n.t('current') : '',
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Group traces') });
  return picked?.grouping;
}
