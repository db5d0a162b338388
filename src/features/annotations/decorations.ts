import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { hoverText } from './hover';
import type { FileAnnotations, WriteAnnotation } from './model';
import { fromFile, importedLatencyText, latencyText, predictionText } from './text';

const margin = '0 0 0 2em';

/** The text at the end of lines. */
export class LineEndDecorations implements vscode.Disposable {
  readonly #deps: Deps;
  readonly #normal = decorationType('whyspan.annotationForeground');
  readonly #over = decorationType('whyspan.overThresholdForeground');

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Draws, in place of what was drawn before. */
  draw(editor: vscode.TextEditor, annotations: FileAnnotations): void {
    const normal: vscode.DecorationOptions[] = [];
    const over: vscode.DecorationOptions[] = [];
    for (const write of annotations.writes) {
      if (write.line > editor.document.lineCount) continue;
      const { text, isOver } = this.#text(write);
      if (text !== '') (isOver ? over : normal).push(option(editor.document, write, text));
    }
    editor.setDecorations(this.#normal, normal);
    editor.setDecorations(this.#over, over);
  }

  clear(editor: vscode.TextEditor): void {
    editor.setDecorations(this.#normal, []);
    editor.setDecorations(this.#over, []);
  }

  dispose(): void {
    this.#normal.dispose();
    this.#over.dispose();
  }

  #text({ signal, summary, fileName }: WriteAnnotation): { text: string; isOver: boolean } {
    const { t } = vscode.l10n;
    if (fileName !== undefined) {
      const text =
        signal === 'prediction' ? predictionText(summary, undefined, t) : importedLatencyText(summary, t);
      return { text: fromFile(text, fileName, t), isOver: false };
    }
    const { alert, inference } = this.#deps.settings.current;
    const recent = { nowUs: this.#deps.nowMs() * 1000, windowUs: alert.windowUs };
    if (signal === 'prediction') return { text: predictionText(summary, recent, t), isOver: false };
    const average = summary.averageLatencyMsSince(recent.nowUs - recent.windowUs);
    const isOver =
      alert.attribute === inference.latencyAttribute && average !== undefined && average > alert.threshold;
    const text = latencyText(summary, recent, t);
    return { text: isOver ? `▲ ${text}` : text, isOver };
  }
}

function decorationType(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: { margin, color: new vscode.ThemeColor(color) },
  });
}

function option(
  document: vscode.TextDocument,
  write: WriteAnnotation,
  text: string,
): vscode.DecorationOptions {
  const { startLine, line } = write;
  const first = document.lineAt(Math.min(startLine, line) - 1);
  const last = document.lineAt(line - 1);
  return {
    range: new vscode.Range(
      first.lineNumber,
      first.firstNonWhitespaceCharacterIndex,
      last.lineNumber,
      last.range.end.character,
    ),
    hoverMessage: hoverText(write),
    renderOptions: { after: { contentText: text } },
  };
}
