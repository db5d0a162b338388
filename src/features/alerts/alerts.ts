import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { decodeRules, mainRuleUid } from '../../core/alerts/decodeRules';
import { mainRule } from '../../core/alerts/mainRule';
import type { Rule } from '../../core/alerts/rule';
import { DisposableStore } from '../../platform/disposableStore';
import { receivingLines } from '../receiving/index';
import { alertCommand } from './alertCommands';
import { contextOf } from './alertContext';
import type { AlertDeps } from './alertDeps';
import { AlertsView } from './alertsView';
import { runEngine } from './engineRun';
import type { AlertCommand } from './index';
import { KeptStates } from './keptStates';
import { MainAlert } from './mainAlert';
import { metricsQuestion } from './metricsQuestion';
import { AlertMute } from './mute';
import { Notifier } from './notifications';
import { AlertProblems } from './problems';
import { RuleEngine } from './ruleEngine';
import { AlertStatusBar } from './statusBar';
import { skippedText } from './statusText';
import { watchingOf } from './watching';

// Entry of a bundle of its own, which is loaded after the activation.

/** The alerts when they are loaded. */
export interface AlertsEntry extends vscode.Disposable {
  readonly main: MainAlert;
  readonly alertingCount: number;
  run(command: AlertCommand, subject: unknown): Promise<void>;
}

/** Starts to evaluate rules, and shows how they stand. */
export function startAlerts(deps: AlertDeps): AlertsEntry {
  const disposables = new DisposableStore();
  const { settings, workspaceState, nowMs } = deps;
  const mute = new AlertMute(workspaceState, nowMs);
  const kept = new KeptStates(workspaceState, nowMs);
  const context = () => contextOf(deps);
  const engine: RuleEngine = disposables.add(engineOf(deps, kept, (notices) => notifier.notify(notices)));
  const main = new MainAlert(engine, () => settings.current.alert);
  const notifier = new Notifier({ deps, main, mute, context });
  const view = disposables.add(new AlertsView({ deps, engine, mute }));
  const statusBar = disposables.add(new AlertStatusBar());
  const show = () => {
    showStatus(statusBar, { deps, engine, main, mute });
    view.refresh();
  };
  const configure = () => {
    const { rules, problems } = configuredRules(deps);
    for (const problem of problems) deps.log.warn(`Setting whyspan.alerts.rules: ${problem}`);
    view.problems = problems;
    engine.setRules(rules);
  };
  configure();
  disposables.add(settings.onDidChange(configure));
  disposables.add(engine.onDidChange(show));
  disposables.add(engine.onDidChange(logOnce(main, deps)));
  disposables.add(engine.onDidChange(() => save(kept, engine, deps)));
  disposables.add(new AlertProblems(deps, main, context));
  disposables.add(runEngine(engine, deps, show));
  return {
    main,
    get alertingCount() {
      return engine.rules.filter(({ worst }) => worst?.state.name === 'alerting').length;
    },
    run: (command, subject) => alertCommand(command, subject, { deps, engine, main, mute, show }),
    dispose: () => disposables.dispose(),
  };
}

/** All rules that are configured: that of `whyspan.alert.*` first. */
function configuredRules({ settings }: AlertDeps): {
  readonly rules: readonly Rule[];
  readonly problems: readonly string[];
} {
  const { alert, isAlertEnabled, alerts, inference } = settings.current;
  const { rules, problems } = decodeRules(alerts.ruleEntries, inference);
  return { rules: [...(isAlertEnabled ? [mainRule(alert)] : []), ...rules], problems };
}

function engineOf(
  deps: AlertDeps,
  kept: KeptStates,
  onNotices: ConstructorParameters<typeof RuleEngine>[0]['onNotices'],
): RuleEngine {
  const { settings, source, store, signals, nowMs, report } = deps;
  return new RuleEngine({
    values: store.values,
    standing: () => {
      const { status } = source;
      if (status.kind === 'ok') return 'ready';
      return status.kind === 'failing' && status.hasAnswered ? { failure: status.error.message } : 'waiting';
    },
    // What is sent here comes when it comes.
    answeredUs: () =>
      source.connection && source.status.kind === 'ok' ? source.status.answeredAtUs : undefined,
    graceUs: () => settings.current.alerts.graceUs,
    questionOf: (rule) =>
      rule.uid === mainRuleUid && settings.current.metrics.source !== 'traces'
        ? metricsQuestion(rule, settings.current.alert, signals.current)
        : undefined,
    clock: () => ({ wallMs: nowMs(), evenMs: performance.now() }),
    kept: (uid) => kept.rule(uid),
    onNotices,
    report,
  });
}

interface Shown {
  readonly deps: AlertDeps;
  readonly engine: RuleEngine;
  readonly main: MainAlert;
  readonly mute: AlertMute;
}

function showStatus(statusBar: AlertStatusBar, { deps, engine, main, mute }: Shown): void {
  const { settings, source, store, nowMs } = deps;
  statusBar.show({
    state: main.state,
    watching: watchingOf(deps, main, mute),
    context: contextOf(deps),
    others: engine.rules.filter(({ rule }) => rule.uid !== mainRuleUid),
    source: source.status,
    stats: store.stats(),
    receiving: receivingLines(source.endpoints, source.received, vscode.l10n.t),
    sampleOf: (service) => store.sample(service, nowMs() * 1000 - settings.current.alert.windowUs),
    failure: main.failure,
    skipped: main.skipped,
  });
}

/** Tells the log why there is no evaluation, and that some are left out: each time that it begins, not each time that it is so. */
function logOnce(main: MainAlert, { log }: AlertDeps): () => void {
  let [failure, skipped]: [string | undefined, number] = [undefined, 0];
  return () => {
    if (main.failure !== failure && main.failure !== undefined) log.warn(main.failure);
    if (main.skipped > 0 && skipped === 0) log.warn(skippedText(main.skipped, main.rule, vscode.l10n.t));
    [failure, skipped] = [main.failure, main.skipped];
  };
}

function save(kept: KeptStates, engine: RuleEngine, { report }: AlertDeps): void {
  kept.save(engine.rules).catch((error: unknown) => report(error, 'keep the states of the alerts'));
}
