import * as vscode from 'vscode';
import { cleanText } from '../../core/trace/cleanText';
import { contextKeys, views } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { type AlertRow, instanceRow, periodRow, type RowContext, ruleRow } from './alertRows';
import type { AlertMute } from './mute';
import type { RuleEngine } from './ruleEngine';
import type { WatchedRule } from './watchedRule';

/** A node of the Alerts view. `uid` is that of its rule. */
export type AlertNode =
  | { readonly kind: 'rule'; readonly uid: string }
  | { readonly kind: 'series'; readonly uid: string; readonly labels: readonly string[] }
  | { readonly kind: 'history'; readonly uid: string }
  | { readonly kind: 'period'; readonly uid: string; readonly fromUs: number }
  | { readonly kind: 'problem'; readonly index: number };

/** What the view shows. */
export interface AlertsViewOptions {
  readonly deps: Pick<Deps, 'settings' | 'source' | 'nowMs' | 'report'>;
  readonly engine: RuleEngine;
  readonly mute: AlertMute;
}

const redrawMs = 250;
const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** The rules with their states, values and histories. */
export class AlertsView implements vscode.TreeDataProvider<AlertNode>, vscode.Disposable {
  readonly #options: AlertsViewOptions;
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<undefined>());
  readonly #view: vscode.TreeView<AlertNode>;
  readonly #nodes = new Map<string, AlertNode>();
  #pending: ReturnType<typeof setTimeout> | undefined;
  #problems: readonly string[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: AlertsViewOptions) {
    this.#options = options;
    this.#view = this.#disposables.add(
      vscode.window.createTreeView<AlertNode>(views.alerts, {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this.#disposables.add(this.#view.onDidChangeVisibility(() => this.refresh()));
    this.#disposables.add(options.deps.source.onDidChangeStatus(() => this.refresh()));
  }

  /** What is wrong with the rules that are configured. */
  set problems(problems: readonly string[]) {
    this.#problems = problems;
    this.refresh();
  }

  /** Draws anew, soon. */
  refresh(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#redraw();
    }, redrawMs);
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#disposables.dispose();
  }

  getChildren(node?: AlertNode): AlertNode[] {
    const { engine } = this.#options;
    if (!node)
      return [
        ...engine.rules.map(({ rule }) => this.#node({ kind: 'rule', uid: rule.uid })),
        ...this.#problems.map((_, index) => this.#node({ kind: 'problem', index })),
      ];
    const watched = 'uid' in node ? engine.rule(node.uid) : undefined;
    if (!watched) return [];
    const { uid } = watched.rule;
    switch (node.kind) {
      case 'rule':
        return [
          ...(isSplit(watched)
            ? watched.instances.map(({ labels }) => this.#node({ kind: 'series', uid, labels }))
            : []),
          ...(watched.history.length > 0 ? [this.#node({ kind: 'history', uid })] : []),
        ];
      case 'history':
        return [...watched.history]
          .reverse()
          .map(({ fromUs }) => this.#node({ kind: 'period', uid, fromUs }));
      default:
        return [];
    }
  }

  getTreeItem(node: AlertNode): vscode.TreeItem {
    const item = this.#draw(node) ?? new vscode.TreeItem(vscode.l10n.t('No longer kept'), None);
    item.id = JSON.stringify(node);
    return item;
  }

  #draw(node: AlertNode): vscode.TreeItem | undefined {
    if (node.kind === 'problem') return problemItem(this.#problems[node.index] ?? '');
    const watched = this.#options.engine.rule(node.uid);
    if (!watched) return undefined;
    const context = this.#context();
    switch (node.kind) {
      case 'rule': {
        const isMuted = this.#options.mute.isRuleMuted(node.uid);
        const hasChildren = isSplit(watched) || watched.history.length > 0;
        const item = rowItem(ruleRow(watched, isMuted, context), hasChildren ? Collapsed : None);
        item.contextValue = 'rule';
        if (isMuted) item.contextValue = 'mutedRule';
        return item;
      }
      case 'series': {
        const instance = watched.instances.find(({ labels }) => labels.join('\0') === node.labels.join('\0'));
        if (!instance) return undefined;
        const item = rowItem(instanceRow(watched.rule, instance, context), None);
        item.contextValue = 'series';
        return item;
      }
      case 'history': {
        const item = new vscode.TreeItem(vscode.l10n.t('History'), Expanded);
        item.iconPath = new vscode.ThemeIcon('history');
        item.description = String(watched.history.length);
        return item;
      }
      case 'period': {
        const period = watched.history.find(({ fromUs }) => fromUs === node.fromUs);
        return period && rowItem(periodRow(watched.rule, period, context), None);
      }
    }
  }

  #redraw(): void {
    const { engine, deps } = this.#options;
    this.#view.message = this.#message();
    const isEmpty = engine.rules.length + this.#problems.length === 0;
    vscode.commands
      .executeCommand('setContext', contextKeys.hasNoAlerts, isEmpty)
      .then(undefined, (error: unknown) => deps.report(error, 'show the alerts'));
    if (this.#view.visible) this.#changed.fire(undefined);
  }

  /** What keeps rules from being evaluated, above them. */
  #message(): string {
    const { source } = this.#options.deps;
    const { t } = vscode.l10n;
    if (this.#options.engine.rules.length === 0) return '';
    if (source.isPaused) return t('Traces are paused, and so are the rules.');
    switch (source.status.kind) {
      case 'idle':
        return t('There is no Jaeger to ask: the rules wait for traces.');
      case 'connecting':
        return t('The rules wait for the first answer.');
      case 'failing':
        return t('The source of traces does not answer: the rules see what came before.');
      case 'ok':
        return this.#options.mute.isMuted ? t('All alerts are muted.') : '';
    }
  }

  #context(): RowContext {
    const { settings, nowMs } = this.#options.deps;
    const { latencyAttribute } = settings.current.inference;
    return { latencyAttribute, nowUs: nowMs() * 1000, timeText, shortTimeText, t: vscode.l10n.t };
  }

  /** The same node for the same place, so that VS Code keeps what is expanded and selected. */
  #node(node: AlertNode): AlertNode {
    const key = JSON.stringify(node);
    const known = this.#nodes.get(key);
    if (known) return known;
    if (this.#nodes.size > 10_000) this.#nodes.clear();
    this.#nodes.set(key, node);
    return node;
  }
}

/** A single series need not be told apart from its rule. */
function isSplit({ instances, rule }: WatchedRule): boolean {
  return rule.dialect === 'unified' && instances.length > 1;
}

function timeText(us: number): string {
  const date = new Date(us / 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? date.toLocaleTimeString() : date.toLocaleString();
}

/** Where there is little room. */
function shortTimeText(us: number): string {
  const date = new Date(us / 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString(undefined, { timeStyle: 'short' })
    : date.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
}

const icons: Record<AlertRow['state'], vscode.ThemeIcon> = {
  unknown: new vscode.ThemeIcon('circle-outline'),
  ok: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  pending: new vscode.ThemeIcon('clock', new vscode.ThemeColor('list.warningForeground')),
  alerting: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  recovering: new vscode.ThemeIcon('sync', new vscode.ThemeColor('list.warningForeground')),
  no_data: new vscode.ThemeIcon('circle-slash'),
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  paused: new vscode.ThemeIcon('debug-pause'),
};

function rowItem(row: AlertRow, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.accessibilityInformation = { label: row.ariaLabel };
  item.iconPath = icons[row.state];
  return item;
}

function problemItem(problem: string): vscode.TreeItem {
  const text = cleanText(problem, 300);
  const item = new vscode.TreeItem(text, None);
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.tooltip = text;
  item.accessibilityInformation = { label: text };
  item.contextValue = 'problem';
  item.command = { command: 'whyspan.editAlertRule', title: vscode.l10n.t('Edit Alert Rule') };
  return item;
}
