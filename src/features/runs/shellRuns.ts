import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { instrumentationNow, variablesToAdd } from './runSettings';
import type { Variables } from './runVariables';
import { shellVariables } from './shellEnvironment';

const platform = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';
const watchedSections = [`terminal.integrated.env.${platform}`, 'tasks'];

/** The terminals of a folder, or of a window without one, and the variables for them. */
interface Scope {
  readonly collection: vscode.EnvironmentVariableCollection;
  readonly variables: Variables;
}

/** What the user's settings give terminals, unread. */
export function terminalEnvOf(folder: vscode.WorkspaceFolder | undefined): unknown {
  return vscode.workspace.getConfiguration('terminal.integrated.env', folder).get(platform);
}

/** Sets the variables of the terminals and tasks that are started from now on. */
export class ShellRuns implements vscode.Disposable {
  readonly #deps: Deps;
  readonly #collection: vscode.GlobalEnvironmentVariableCollection;
  readonly #disposables = new DisposableStore();
  /** What is set, as text: VS Code asks to relaunch terminals at each change, so that nothing is set twice. */
  readonly #set = new Map<string, Scope & { readonly text: string }>();

  constructor(deps: Deps, collection: vscode.GlobalEnvironmentVariableCollection) {
    this.#deps = deps;
    this.#collection = collection;
    const update = () => this.#update();
    this.#disposables.add(deps.source.onDidChangeStatus(update));
    this.#disposables.add(deps.settings.onDidChange(update));
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(update));
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (watchedSections.some((section) => event.affectsConfiguration(section))) update();
      }),
    );
    update();
  }

  /** What the terminals of a folder are given now. */
  variablesFor(folder: vscode.WorkspaceFolder | undefined): Variables {
    return this.#set.get(folder?.uri.toString() ?? '')?.variables ?? {};
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const { collection } of this.#set.values()) collection.clear();
  }

  #update(): void {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const wanted = new Map<string, Scope>();
    for (const folder of folders) {
      const collection = this.#collection.getScoped({ workspaceFolder: folder });
      wanted.set(folder.uri.toString(), { collection, variables: this.#variablesOf(folder) });
    }
    if (folders.length === 0)
      wanted.set('', { collection: this.#collection, variables: this.#variablesOf(undefined) });
    for (const [key, { collection }] of this.#set)
      if (!wanted.has(key)) wanted.set(key, { collection, variables: {} });
    for (const [key, scope] of wanted) this.#write(key, scope);
  }

  #variablesOf(folder: vscode.WorkspaceFolder | undefined): Variables {
    const instrumentation = instrumentationNow(this.#deps);
    if (instrumentation === undefined) return {};
    const tasks = vscode.workspace.getConfiguration('tasks', folder);
    const given = shellVariables({
      terminalEnv: terminalEnvOf(folder),
      tasks: tasks.get('tasks'),
      taskOptions: tasks.get('options'),
    });
    return variablesToAdd(instrumentation, folder?.name ?? 'terminal', given);
  }

  #write(key: string, scope: Scope): void {
    const { collection, variables } = scope;
    const text = JSON.stringify(variables);
    if ((this.#set.get(key)?.text ?? '{}') === text) return;
    this.#set.set(key, { ...scope, text });
    collection.clear();
    collection.description = vscode.l10n.t('Sends the spans of programs to Whyspan');
    for (const [name, value] of Object.entries(variables)) collection.replace(name, value);
  }
}
