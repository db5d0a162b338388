import * as vscode from 'vscode';
import { OpenedTraces } from './core/store/openedTraces';
import { TraceStore } from './core/store/traceStore';
import * as alerts from './features/alerts/index';
import * as annotations from './features/annotations/index';
import * as commandLine from './features/commandLine/index';
import * as connections from './features/connections/index';
import * as diagnose from './features/diagnose/index';
import * as explorer from './features/explorer/index';
import * as gettingStarted from './features/gettingStarted/index';
import * as latencyChart from './features/latencyChart/index';
import * as metrics from './features/metrics/index';
import * as receiving from './features/receiving/index';
import * as runs from './features/runs/index';
import * as traceExport from './features/traceExport/index';
import * as traceImport from './features/traceImport/index';
import type { BackendSession } from './platform/backendSession';
import { createBackend } from './platform/createBackend';
import type { Deps } from './platform/deps';
import { KeptTraces } from './platform/keptTraces';
import { ReceiverToken } from './platform/receiverToken';
import { createReport } from './platform/report';
import { OriginSecrets } from './platform/secrets';
import { SettingsSource } from './platform/settingsSource';
import { LazyDecodeThread } from './sources/decoder/lazyDecodeThread';
import { SourceParser } from './sources/parser/sourceParser';

const evictionMs = 60_000;

/** Builds what there is and wires it. Registers and returns; whatever takes time happens later. */
export function activate(context: vscode.ExtensionContext): void {
  const own: Own = (item) => {
    context.subscriptions.push(item);
    return item;
  };
  const { deps, source } = createDeps(context, own);
  const { store, opened, settings, nowMs } = deps;

  const code = own(annotations.register({ ...deps, storageUri: context.storageUri }));
  const signals = own(metrics.register(deps));
  const { engine } = own(alerts.register({ ...deps, signals, locator: code.locator }));
  const { drops } = own(traceImport.register(deps));
  const { traces } = own(explorer.register({ ...deps, openSpan: code.openSpan, alerts: engine, drops }));
  own(traceExport.register({ ...deps, traces }));
  own(latencyChart.register({ ...deps, alerts: engine, signals }));
  own(connections.register(deps));
  const { globalState, globalStorageUri } = context;
  own(receiving.register({ ...deps, globalState }));
  own(gettingStarted.register(deps));
  own(diagnose.register({ ...deps, locator: code.locator, signals }));
  own(runs.register({ ...deps, terminals: context.environmentVariableCollection }));
  own(commandLine.register({ ...deps, globalState, globalStorageUri, version: versionOf(context) }));

  own(settings.onDidChange((now) => opened.configure(now.inference, now.store.maxBytes)));
  own(settings.onDidChange((now) => store.configure(now.inference, now.store, nowMs() * 1000)));
  own(vscode.window.onDidChangeWindowState(({ focused }) => source.setFocused(focused)));
  const eviction = setInterval(() => evict(store, nowMs), evictionMs);
  own({ dispose: () => clearInterval(eviction) });
  source.start();
  analyseWhenLoaded(deps);
}

/** What it takes is loaded apart from what a window needs to start. */
function analyseWhenLoaded({ store, opened, report }: Deps): void {
  import('./core/store/traceAnalysis').then(
    ({ analyse }) => {
      store.analyseWith(analyse);
      opened.analyseWith(analyse);
    },
    (error) => report(error, 'load the analysis of traces'),
  );
}

function versionOf({ extension }: vscode.ExtensionContext): string {
  const { version }: { readonly version?: unknown } = extension.packageJSON;
  return typeof version === 'string' ? version : 'unknown';
}

/** Lets go what is too old, step by step. */
function evict(store: TraceStore, nowMs: () => number): void {
  const { removed } = store.evict(nowMs() * 1000);
  if (removed.length > 0) setImmediate(() => evict(store, nowMs));
}

/** Keeps what is to be disposed with the extension, and returns it. */
type Own = <T extends vscode.Disposable>(item: T) => T;

function createDeps(
  context: vscode.ExtensionContext,
  own: Own,
): { readonly deps: Deps; readonly source: BackendSession } {
  const log = own(vscode.window.createOutputChannel('Whyspan', { log: true }));
  const report = createReport(log);
  const nowMs = () => Date.now();
  const settings = own(
    new SettingsSource({
      report,
      onProblems: (problems) => {
        for (const { key, message } of problems) log.warn(`Setting ${key}: ${message}`);
      },
    }),
  );
  const { inference, store: limits } = settings.current;
  const store = own(
    new TraceStore({
      definition: inference,
      limits,
      onListenerError: (error) => report(error, 'show what changed'),
    }),
  );
  const { fsPath: folder } = context.storageUri ?? context.globalStorageUri;
  const kept = own(new KeptTraces({ folder, store, settings, log, report }));
  const opened = own(
    new OpenedTraces({
      definition: inference,
      maxBytes: limits.maxBytes,
      onListenerError: (error) => report(error, 'show what was opened'),
    }),
  );
  const secrets = new OriginSecrets(context.secrets);
  const receiverToken = new ReceiverToken(context.secrets);
  const file = (path: string) => vscode.Uri.joinPath(context.extensionUri, path).fsPath;
  const decodeThread = own(new LazyDecodeThread(file('dist/decodeWorker.js')));
  const source = own(
    createBackend({
      ...{ settings, store, nowMs, log, report, decodeThread, receiverToken },
      ...{ windowId: vscode.env.sessionId, sharedFolder: context.globalStorageUri.fsPath },
      onReceived: (blocks) => kept.append(blocks),
      isTrusted: () => vscode.workspace.isTrusted,
      readSecret: (origin) => secrets.read(origin),
    }),
  );
  kept.start(source);
  const parser = own(
    new SourceParser({ workerFile: file('dist/parserWorker.js'), wasmFolder: file('dist/wasm') }),
  );
  const { extensionUri, workspaceState } = context;
  const common = { extensionUri, workspaceState, store, opened, settings, secrets, receiverToken, parser };
  return { deps: { ...common, source, kept, log, report, nowMs }, source };
}
