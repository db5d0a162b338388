import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { breachedLines, isOver } from './breaches';
import type { HeatLine } from './heat';
import { HeatDecorations } from './heatDecorations';
import type { FileAnnotations, WriteAnnotation } from './model';
import { fromFile, importedLatencyText, latencyText, predictionText } from './text';

const margin = '0 0 0 2em';

/** What is drawn at lines: text at their ends, heat beside them, marks in the overview ruler. */
export class LineDecorations implements vscode.Disposable {
  readonly #deps: Deps;
  readonly #normal = lineEnd('whyspan.annotationForeground');
  readonly #over = lineEnd('whyspan.overThresholdForeground');
  readonly #breach = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('whyspan.breachRulerForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  readonly #heat = new HeatDecorations();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Draws, in place of what was drawn before. */
  draw(editor: vscode.TextEditor, annotations: FileAnnotations, heat: readonly HeatLine[]): void {
    const { document } = editor;
    const nowUs = this.#deps.nowMs() * 1000;
    const normal: vscode.DecorationOptions[] = [];
    const over: vscode.DecorationOptions[] = [];
    for (const write of annotations.writes) {
      if (write.line > document.lineCount) continue;
      const { text, isOver } = this.#text(write, nowUs);
      if (text !== '') (isOver ? over : normal).push(option(document, write, text));
    }
    editor.setDecorations(this.#normal, normal);
    editor.setDecorations(this.#over, over);
    const breached = breachedLines(annotations, this.#deps.settings.current, nowUs);
    editor.setDecorations(
      this.#breach,
      breached.filter((line) => line <= document.lineCount).map((line) => document.lineAt(line - 1).range),
    );
    this.#heat.draw(editor, heat);
  }

  clear(editor: vscode.TextEditor): void {
    for (const type of [this.#normal, this.#over, this.#breach]) editor.setDecorations(type, []);
    this.#heat.draw(editor, []);
  }

  dispose(): void {
    for (const type of [this.#normal, this.#over, this.#breach, this.#heat]) type.dispose();
  }

  #text({ signal, summary, fileName }: WriteAnnotation, nowUs: number): { text: string; isOver: boolean } {
    const { t } = vscode.l10n;
    if (fileName !== undefined) {
      const text =
        signal === 'prediction' ? predictionText(summary, undefined, t) : importedLatencyText(summary, t);
      return { text: fromFile(text, fileName, t), isOver: false };
    }
    const settings = this.#deps.settings.current;
    const recent = { nowUs, windowUs: settings.alert.windowUs };
    if (signal === 'prediction') return { text: predictionText(summary, recent, t), isOver: false };
    const text = latencyText(summary, recent, t);
    return isOver(summary, settings, nowUs) ? { text: `▲ ${text}`, isOver: true } : { text, isOver: false };
  }
}

function lineEnd(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { margin, color: new vscode.ThemeColor(color) },
  });
}

function option(
  document: vscode.TextDocument,
  { startLine, line }: WriteAnnotation,
  text: string,
): vscode.DecorationOptions {
  const first = document.lineAt(Math.min(startLine, line) - 1);
  const last = document.lineAt(line - 1);
  return {
    range: new vscode.Range(
      first.lineNumber,
      first.firstNonWhitespaceCharacterIndex,
      last.lineNumber,
      last.range.end.character,
    ),
    renderOptions: { after: { contentText: text } },
  };
}
