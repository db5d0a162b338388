import * as vscode from 'vscode';
import type { AlertState } from '../../core/alerts/alertState';
import type { SampleSize } from '../../core/sampling/sampleSize';
import type { StoreStats } from '../../core/store/storeStats';
import { cleanText } from '../../core/trace/cleanText';
import { commands } from '../../platform/contributions';
import type { SourceStatus } from '../../sources/sourceStatus';
import type { AlertContext } from './model';
import { othersLines, withOthers } from './othersText';
import { keptText, sampleLines, skippedText, statusText, type Watching } from './statusText';
import type { WatchedRule } from './watchedRule';

/** All that the item shows. */
export interface StatusBarInput {
  readonly state: AlertState;
  readonly watching: Watching;
  readonly context: AlertContext;
  /** The rules beside the one of `whyspan.alert.*`. */
  readonly others: readonly WatchedRule[];
  readonly source: SourceStatus;
  readonly stats: StoreStats;
  /** What is unusual about receiving. */
  readonly receiving: readonly string[];
  /** Of how many inferences of a service those in the rule's window are a sample. */
  readonly sampleOf: (service: string) => SampleSize | undefined;
  /** Why metrics have never been had, and how many evaluations were left out because they came too late. */
  readonly failure: string | undefined;
  readonly skipped: number;
}

/** The alert in the status bar; a click shows the chart, or connects when there is nothing to show. */
export class AlertStatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('whyspan.alert', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = vscode.l10n.t('Whyspan: storage latency');
  }

  show(input: StatusBarInput): void {
    const { state, watching, context, source } = input;
    const own = statusText(state, watching, context, vscode.l10n.t);
    const { text, label, isAlerting } = withOthers(own, input.others, watching, vscode.l10n.t);
    this.#item.text = text;
    this.#item.accessibilityInformation = { label, role: 'button' };
    this.#item.backgroundColor = isAlerting
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.command = source.kind === 'idle' ? commands.connect : commands.showChart;
    this.#item.tooltip = tooltip(input);
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function tooltip(input: StatusBarInput): string {
  const { state, context, source, stats, receiving, failure, skipped, sampleOf } = input;
  const { rule, names, connectionName, receivesAt } = context;
  const lines = [cleanText(rule.name, 80)];
  lines.push(...othersLines(input.others, vscode.l10n.t));
  if (state.sinceUs > 0) {
    lines.push(vscode.l10n.t('Since {0}', new Date(state.sinceUs / 1000).toLocaleTimeString()));
  }
  if (names.from !== '') {
    lines.push(vscode.l10n.t('{0}, from {1}', names.quantity, cleanText(names.from, 120)));
    if (failure !== undefined) lines.push(cleanText(failure, 300));
    if (state.evaluation?.result === 'error') lines.push(cleanText(state.evaluation.message, 300));
    if (skipped > 0) lines.push(skippedText(skipped, rule, vscode.l10n.t));
  }
  if (connectionName !== '') lines.push(vscode.l10n.t('Jaeger: {0}', cleanText(connectionName, 40)));
  if (receivesAt !== '') lines.push(vscode.l10n.t('Receiving at {0}', receivesAt));
  lines.push(...receiving);
  if (source.kind === 'failing') lines.push(cleanText(source.error.message, 300));
  if (source.kind === 'ok' && source.services.length > 0) {
    lines.push(vscode.l10n.t('Services: {0}', cleanText(source.services.join(', '), 200)));
  }
  if (source.kind === 'ok' && names.from === '')
    lines.push(...sampleLines(source.services, rule, sampleOf, vscode.l10n.t));
  lines.push(...keptText(stats, source.kind === 'ok' ? source.problemCount : 0, vscode.l10n.t));
  return lines.join('\n');
}
