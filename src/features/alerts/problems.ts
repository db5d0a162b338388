import * as vscode from 'vscode';
import { codeAttributes, siteKey } from '../../core/store/spanSite';
import { cleanText } from '../../core/trace/cleanText';
import { commands } from '../../platform/contributions';
import { DisposableStore } from '../../platform/disposableStore';
import type { CodePlace } from '../annotations/index';
import type { AlertEngine } from './alertEngine';
import { guiltyInference } from './guiltyInference';
import type { AlertDeps } from './index';
import { type AlertContext, noticeText } from './model';

/** The firing alert among the problems, at the line that made it fire; gone when it does not fire. */
export class AlertProblems implements vscode.Disposable {
  readonly #deps: AlertDeps;
  readonly #engine: AlertEngine;
  readonly #context: () => AlertContext;
  readonly #disposables = new DisposableStore();
  readonly #problems = this.#disposables.add(vscode.languages.createDiagnosticCollection('whyspan'));
  /** Where the guilty line is, and of which place in the code: the workspace is searched once for each. */
  #place: { readonly key: string; readonly found: Promise<CodePlace | undefined> } | undefined;
  #token = new vscode.CancellationTokenSource();

  constructor(deps: AlertDeps, engine: AlertEngine, context: () => AlertContext) {
    this.#deps = deps;
    this.#engine = engine;
    this.#context = context;
    const show = () => {
      this.#show().catch((error: unknown) => deps.report(error, 'show the alert among the problems'));
    };
    this.#disposables.add(engine.onDidChange(show));
    this.#disposables.add(deps.settings.onDidChange(show));
    // The line may be elsewhere now, and the text of a document that was edited says where.
    this.#disposables.add(
      vscode.workspace.onDidSaveTextDocument(() => {
        this.#place = undefined;
        show();
      }),
    );
  }

  dispose(): void {
    this.#token.cancel();
    this.#disposables.dispose();
  }

  get #isFiring(): boolean {
    const { isEnabled, hasDiagnostics } = this.#deps.settings.current.annotations;
    const isOn = isEnabled && hasDiagnostics && this.#deps.settings.current.isAlertEnabled;
    return isOn && this.#engine.state.evaluation?.result === 'firing';
  }

  async #show(): Promise<void> {
    const place = this.#isFiring ? await this.#guiltyPlace() : undefined;
    if (this.#disposables.isDisposed) return;
    // It may have been resolved while the line was looked for.
    if (!place || !this.#isFiring) {
      this.#problems.clear();
      return;
    }
    const { uri } = place;
    const document = await vscode.workspace.openTextDocument(uri);
    if (!this.#isFiring || this.#disposables.isDisposed) return;
    const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(
      Math.min(place.line, document.lineCount) - 1,
    );
    const text = range.with(range.start.translate(0, firstNonWhitespaceCharacterIndex));
    this.#problems.forEach((shown) => {
      if (shown.toString() !== uri.toString()) this.#problems.delete(shown);
    });
    this.#problems.set(uri, [this.#problem(text)]);
  }

  #problem(range: vscode.Range): vscode.Diagnostic {
    const message = noticeText('firing', this.#engine.state, this.#context(), vscode.l10n.t);
    const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
    problem.source = 'Whyspan';
    const target = vscode.Uri.parse(`command:${commands.showChart}`, true);
    problem.code = { value: cleanText(this.#engine.rule.name, 60), target };
    return problem;
  }

  /** The one line that made it fire; none where it cannot be told which. */
  #guiltyPlace(): Promise<CodePlace | undefined> {
    const guilty = guiltyInference(this.#deps, this.#engine);
    if (!guilty) return Promise.resolve(undefined);
    const key = siteKey(guilty.span, codeAttributes(guilty.span));
    if (this.#place?.key === key) return this.#place.found;
    this.#token.cancel();
    this.#token = new vscode.CancellationTokenSource();
    const found = this.#deps.locator
      .find(guilty.span, this.#token.token)
      .then((places) => (places.length === 1 ? places[0] : undefined));
    this.#place = { key, found };
    // What could not be found is looked for again, at the next evaluation.
    found.then(
      (place) => place ?? this.#forget(key),
      () => this.#forget(key),
    );
    return found;
  }

  #forget(key: string): void {
    if (this.#place?.key === key) this.#place = undefined;
  }
}
