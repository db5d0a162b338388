import * as vscode from 'vscode';
import { cleanText } from '../../core/trace/cleanText';
import { chooseConnection } from '../../platform/chosenConnection';
import { commands } from '../../platform/contributions';
import { signalNames } from '../metrics/index';
import { receivedTrouble } from '../receiving/index';
import type { DiagnoseDeps } from './diagnoseDeps';
import { diagnoseMetrics } from './diagnoseMetrics';
import { diagnoseReceived, refusalSteps } from './diagnoseReceived';
import { type DiagnosisSources, type DiagnosisStep, diagnose, type Remedy } from './diagnosis';

// Entry of a bundle of its own, which is loaded when somebody asks.

/** Goes through the steps, with progress and a way to stop, logs them and shows them. */
export async function runDiagnosis(deps: DiagnoseDeps): Promise<readonly DiagnosisStep[]> {
  const steps = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Diagnosing'),
      cancellable: true,
    },
    (_, token) => runAll(deps, token),
  );
  for (const { name, isPassed, detail } of steps)
    deps.log.info(`Diagnose: ${name} ${isPassed ? 'passed' : 'FAILED'}: ${detail}`);
  await show(steps);
  return steps;
}

/** The way of the traces, and, where they are chosen, the metrics. */
async function runAll(
  deps: DiagnoseDeps,
  token: vscode.CancellationToken,
): Promise<readonly DiagnosisStep[]> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const steps = await run(deps, token, abort.signal);
  const settings = deps.settings.current;
  if (settings.metrics.source === 'traces') return steps;
  const { t } = vscode.l10n;
  const names = signalNames(settings, deps.source.connection?.name ?? '', t);
  const [source, nowUs] = [deps.signals.current, deps.nowMs() * 1000];
  return [...steps, await diagnoseMetrics({ settings, source, names, nowUs, signal: abort.signal, t })];
}

async function run(
  deps: DiagnoseDeps,
  token: vscode.CancellationToken,
  signal: AbortSignal,
): Promise<readonly DiagnosisStep[]> {
  const settings = deps.settings.current;
  const { t } = vscode.l10n;
  const places: DiagnosisSources['places'] = async (span) =>
    (await deps.locator.find(span, token)).map(({ uri, line }) => ({
      file: vscode.workspace.asRelativePath(uri),
      line,
    }));
  const { endpoints, received: tally } = deps.source;
  const troubles = tally ? receivedTrouble(tally, t) : [];
  if (endpoints && !deps.source.connection) {
    const spanNames = [...new Set(deps.store.sites().map(({ spanName }) => spanName))];
    const inferences = deps.store.inferences();
    const received = {
      endpoint: endpoints.otlpUrl,
      kept: deps.kept.stats,
      ...{ inferences, spanNames, troubles },
    };
    return diagnoseReceived(received, settings, places, t);
  }
  const { connection } = chooseConnection(settings);
  const client = await deps.source.client(connection);
  const endUs = deps.nowMs() * 1000;
  const steps = await diagnose(
    connection,
    settings,
    {
      services: () => client.services(signal),
      search: (service, operation) =>
        client.search(
          {
            service,
            startUs: endUs - settings.poll.lookbackUs,
            endUs,
            limit: 20,
            ...(operation === undefined ? {} : { operation }),
          },
          signal,
        ),
      places,
    },
    t,
  );
  // Beside a Jaeger, what is received is not what is looked for, but it may be what is missed.
  return [...steps, ...refusalSteps(troubles, true, t)];
}

interface StepItem extends vscode.QuickPickItem {
  readonly remedy: Remedy | undefined;
}

/** Shows the steps as a list that can be read line by line; choosing one that failed leads to what can be done about it. */
async function show(steps: readonly DiagnosisStep[]): Promise<void> {
  const { t } = vscode.l10n;
  const label = ({ name, isPassed, isNote }: DiagnosisStep) => {
    if (isNote) return `$(info) ${name}`;
    return isPassed ? `$(pass) ${name}: ${t('passed')}` : `$(error) ${name}: ${t('failed')}`;
  };
  const items: StepItem[] = steps.map((step) => ({
    label: label(step),
    detail: cleanText(step.detail, 400),
    remedy: step.remedy,
  }));
  const isAllRight = steps.every(({ isPassed }) => isPassed);
  const picked = await vscode.window.showQuickPick(items, {
    title: isAllRight ? t('All steps passed') : t('Why you see nothing'),
    placeHolder: t('Choose a step that failed to do something about it'),
    ignoreFocusOut: true,
  });
  if (picked?.remedy) await remedies[picked.remedy]();
}

const settingsOf = (query: string) => () =>
  vscode.commands.executeCommand('workbench.action.openSettings', query);

const remedies: Record<Remedy, () => Thenable<unknown>> = {
  connect: () => vscode.commands.executeCommand(commands.connect),
  'set secret': () => vscode.commands.executeCommand(commands.setSecret),
  'choose services': () => vscode.commands.executeCommand(commands.chooseServices),
  'span settings': settingsOf('whyspan.inference'),
  'attribute settings': settingsOf('whyspan.inference'),
  'metrics settings': settingsOf('whyspan.metrics'),
  'copy exporter settings': () => vscode.commands.executeCommand(commands.copyExporterSettings),
  'open folder': () => vscode.commands.executeCommand('vscode.openFolder'),
};
