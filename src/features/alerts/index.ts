import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { Endpoints } from '../../platform/endpoints';
import type { CodeLocator } from '../annotations/index';
import { type Signals, signalNames } from '../metrics/index';
import { receivingLines } from '../receiving/index';
import { AlertEngine } from './alertEngine';
import { canEvaluate, runEngine } from './engineRun';
import { guiltyInference } from './guiltyInference';
import type { AlertContext } from './model';
import { AlertMute } from './mute';
import { notify } from './notifications';
import { AlertProblems } from './problems';
import { AlertStatusBar } from './statusBar';
import { skippedText, type Watching } from './statusText';

export type { AlertEngine } from './alertEngine';

/** What the alert needs beside the common things. */
export type AlertDeps = Deps & { readonly signals: Signals; readonly locator: CodeLocator };

/** Evaluates the alert rule, says in the status bar how it stands, and notifies of what changes, once each. */
export function register(deps: AlertDeps): vscode.Disposable & { readonly engine: AlertEngine } {
  const disposables = new DisposableStore();
  const { settings, source, store, signals } = deps;
  const mute = new AlertMute(deps.workspaceState, deps.nowMs);
  const context = () => contextOf(deps);
  const engine: AlertEngine = disposables.add(
    new AlertEngine({
      signals: () => signals.current,
      rule: settings.current.alert,
      nowMs: deps.nowMs,
      onNotice: (notice, state) => {
        deps.log.info(`Alert ${notice}: ${state.name}`);
        if (!mute.isMuted) notify(notice, state, context(), deps);
      },
      report: deps.report,
    }),
  );
  const statusBar = disposables.add(new AlertStatusBar());
  const show = () =>
    statusBar.show({
      state: engine.state,
      watching: watchingOf(deps, engine, mute),
      context: context(),
      source: source.status,
      stats: store.stats(),
      receiving: receivingLines(source.endpoints, source.received, vscode.l10n.t),
      sampleOf: (service) => store.sample(service, deps.nowMs() * 1000 - settings.current.alert.windowUs),
      failure: engine.failure,
      skipped: engine.skipped,
    });
  disposables.add(engine.onDidChange(show));
  disposables.add(engine.onDidChange(logOnce(engine, deps)));

  disposables.add(new AlertProblems(deps, engine, context));
  disposables.add(runEngine(engine, deps, show));
  disposables.add(registerMuteCommands(mute, show));
  disposables.add(vscode.commands.registerCommand(commands.showAlertLine, () => showLine(deps, engine)));
  return { engine, dispose: () => disposables.dispose() };
}

function watchingOf(deps: Deps, engine: AlertEngine, mute: AlertMute): Watching {
  const { settings, source } = deps;
  if (source.status.kind === 'idle' && !canEvaluate(deps)) return 'not connected';
  if (source.isPaused) return 'paused';
  const isUnanswered = source.status.kind === 'failing' && !canEvaluate(deps);
  if (isUnanswered || engine.failure !== undefined) return 'failing';
  if (!settings.current.isAlertEnabled) return 'off';
  return mute.isMuted ? 'muted' : 'yes';
}

/** Tells the log why there is no evaluation, and that some are left out: each time that it begins, not each time that it is so. */
function logOnce(engine: AlertEngine, { log }: Deps): () => void {
  let [failure, skipped]: [string | undefined, number] = [undefined, 0];
  return () => {
    if (engine.failure !== failure && engine.failure !== undefined) log.warn(engine.failure);
    if (engine.skipped > 0 && skipped === 0)
      log.warn(skippedText(engine.skipped, engine.rule, vscode.l10n.t));
    [failure, skipped] = [engine.failure, engine.skipped];
  };
}

function registerMuteCommands(mute: AlertMute, show: () => void): vscode.Disposable {
  const disposables = new DisposableStore();
  disposables.add(
    vscode.commands.registerCommand(commands.muteAlert, async () => {
      if (await chooseMute(mute)) show();
    }),
  );
  disposables.add(
    vscode.commands.registerCommand(commands.unmuteAlert, async () => {
      await mute.unmute();
      show();
    }),
  );
  return disposables;
}

async function chooseMute(mute: AlertMute): Promise<boolean> {
  const minutes = (count: number) => count * 60_000;
  const choice = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('For 15 minutes'), durationMs: minutes(15) },
      { label: vscode.l10n.t('For 1 hour'), durationMs: minutes(60) },
      { label: vscode.l10n.t('For 8 hours'), durationMs: minutes(480) },
      { label: vscode.l10n.t('Until I unmute it'), durationMs: undefined },
    ],
    {
      placeHolder: vscode.l10n.t(
        'Hold back notifications of the alert; the status bar still shows its state',
      ),
    },
  );
  if (choice) await mute.mute(choice.durationMs);
  return choice !== undefined;
}

async function showLine(deps: Deps, engine: AlertEngine): Promise<void> {
  const guilty = guiltyInference(deps, engine);
  if (!guilty) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No inference is known yet, so there is no line to show.'),
    );
    return;
  }
  const { traceId, spanId } = guilty.span;
  await vscode.commands.executeCommand(commands.goToCode, { traceId, spanId });
}

function contextOf({ settings, source }: Deps): AlertContext {
  const connectionName = source.connection?.name ?? '';
  return {
    rule: settings.current.alert,
    names: signalNames(settings.current, connectionName, vscode.l10n.t),
    connectionName,
    receivesAt: endpointsText(source.endpoints),
  };
}

function endpointsText(endpoints: Endpoints | undefined): string {
  if (!endpoints) return '';
  const { otlpUrl, grpcUrl, agentPort } = endpoints;
  const udp = agentPort === undefined ? [] : [`UDP ${agentPort}`];
  return [otlpUrl, ...(grpcUrl === undefined ? [] : [`gRPC ${grpcUrl}`]), ...udp].join(', ');
}
