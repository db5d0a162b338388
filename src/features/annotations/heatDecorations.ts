import * as vscode from 'vscode';
import type { HeatLine, HeatStep } from './heat';
import { heatIcon } from './heatIcon';

const colors: Readonly<Record<HeatStep, string>> = {
  1: 'whyspan.heat1Border',
  2: 'whyspan.heat2Border',
  3: 'whyspan.heat3Border',
  4: 'whyspan.heat4Border',
};
const steps = [1, 2, 3, 4] as const;

/** How much traces wait for lines: bars in the gutter, and a stripe in a colour of the theme, which pictures in the gutter cannot have. */
export class HeatDecorations implements vscode.Disposable {
  readonly #types = new Map(steps.map((step) => [step, heatType(step)]));

  /** Draws, in place of what was drawn before. */
  draw(editor: vscode.TextEditor, lines: readonly HeatLine[]): void {
    const { document } = editor;
    for (const [step, type] of this.#types) {
      const here = lines.filter((each) => each.step === step && each.line <= document.lineCount);
      editor.setDecorations(
        type,
        here.map(({ line }) => document.lineAt(line - 1).range),
      );
    }
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
  }
}

function heatType(step: HeatStep): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    borderColor: new vscode.ThemeColor(colors[step]),
    gutterIconSize: 'contain',
    light: { gutterIconPath: iconUri(step, 'light') },
    dark: { gutterIconPath: iconUri(step, 'dark') },
  });
}

function iconUri(step: HeatStep, theme: 'light' | 'dark'): vscode.Uri {
  const base64 = Buffer.from(heatIcon(step, theme)).toString('base64');
  return vscode.Uri.parse(`data:image/svg+xml;base64,${base64}`, true);
}
