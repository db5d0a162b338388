import * as vscode from 'vscode';
import { type Disposable, Emitter } from '../core/event';
import type { SettingsView } from './deps';
import { DisposableStore } from './disposableStore';
import { parseSettings } from './parseSettings';
import type { SettingProblem, Settings } from './settings';

/** Reads all settings in one place, and again when they or the workspace's trust change. */
export class SettingsSource implements SettingsView, Disposable {
  readonly #disposables = new DisposableStore();
  readonly #onDidChange: Emitter<Settings>;
  readonly #onProblems: (problems: readonly SettingProblem[]) => void;
  #current: Settings;

  constructor(options: {
    readonly onProblems: (problems: readonly SettingProblem[]) => void;
    readonly report: (error: unknown, doing: string) => void;
  }) {
    this.#onProblems = options.onProblems;
    this.#onDidChange = this.#disposables.add(
      new Emitter((error) => options.report(error, 'apply the settings')),
    );
    this.#current = this.#read();
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('whyspan')) this.#reload();
      }),
    );
    this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#reload()));
  }

  get current(): Settings {
    return this.#current;
  }

  get onDidChange() {
    return this.#onDidChange.event;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #reload(): void {
    this.#current = this.#read();
    this.#onDidChange.fire(this.#current);
  }

  #read(): Settings {
    const configuration = vscode.workspace.getConfiguration('whyspan');
    const { settings, problems } = parseSettings((key) => configuration.get(key));
    if (problems.length > 0) this.#onProblems(problems);
    return settings;
  }
}
