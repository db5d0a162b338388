// Loads and activates the built extension once, with a `vscode` that answers anything, and prints how long that took.
const Module = require('node:module');
const path = require('node:path');

/** An object that can be called, constructed and read without end. */
function anything() {
  const target = class {};
  return new Proxy(target, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : anything()),
    apply: () => anything(),
    construct: () => anything(),
    set: () => true,
  });
}

const disposable = { dispose() {} };
/** A namespace of functions that answer a disposable, with some properties of its own. */
const namespace = (own = {}) => new Proxy(own, { get: (_, key) => own[key] ?? (() => disposable) });
class EventEmitter {
  event = () => disposable;
  fire() {}
  dispose() {}
}
const names =
  'CancellationError CancellationTokenSource CodeLens ConfigurationTarget DecorationRangeBehavior MarkdownString Position Disposable ProgressLocation Range Selection StatusBarAlignment TextEditorRevealType ThemeColor ThemeIcon TreeItem TreeItemCollapsibleState ViewColumn env';
const fake = {
  ...Object.fromEntries(names.split(' ').map((name) => [name, anything()])),
  EventEmitter,
  commands: namespace(),
  debug: namespace(),
  l10n: { t: (text) => text },
  languages: namespace(),
  Uri: { joinPath: (base, file) => ({ fsPath: path.join(base.fsPath, file) }) },
  window: namespace({
    visibleTextEditors: [],
    createOutputChannel: anything(),
    createStatusBarItem: anything(),
    createTreeView: anything(),
  }),
  workspace: namespace({
    getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
    textDocuments: [],
  }),
};

const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? fake : load(request, ...rest));

const root = process.argv[2];
const started = process.hrtime.bigint();
const extension = require(path.join(root, 'dist', 'extension.js'));
const memento = { get: () => undefined, update: () => Promise.resolve() };
const returned = extension.activate({
  subscriptions: [],
  extension: { packageJSON: { version: '0.0.0' } },
  extensionUri: { fsPath: root },
  globalStorageUri: { fsPath: path.join(root, 'test/artifacts/storage') },
  workspaceState: memento,
  globalState: memento,
  secrets: { get: async () => undefined, onDidChange: () => disposable },
  environmentVariableCollection: anything(),
});
const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
process.stdout.write(JSON.stringify({ elapsedMs, isAwaited: returned !== undefined }));
process.exit(0);
