import * as vscode from 'vscode';

const { Dark, HighContrast, HighContrastLight, Light } = vscode.ColorThemeKind;

/** The defaults of package.json: a picture knows nothing of the theme that it is shown in. */
const defaults = {
  [Dark]: { line: '#75beff', threshold: '#f48771' },
  [Light]: { line: '#0063a8', threshold: '#b3261e' },
  [HighContrast]: { line: '#75d0ff', threshold: '#ffa08a' },
  [HighContrastLight]: { line: '#004a80', threshold: '#9b0000' },
};

/** The colours of a hover's picture in the theme of now, as the user may have changed them. */
export function pictureColors(): { readonly line: string; readonly threshold: string } {
  const { line, threshold } = defaults[vscode.window.activeColorTheme.kind];
  const chosen = vscode.workspace.getConfiguration('workbench').get<unknown>('colorCustomizations');
  const color = (id: string, fallback: string) => {
    const value = new Map(Object.entries(Object(chosen))).get(id);
    return typeof value === 'string' && /^#[0-9a-f]{3,8}$/i.test(value) ? value : fallback;
  };
  return {
    line: color('whyspan.pictureForeground', line),
    threshold: color('whyspan.pictureThresholdForeground', threshold),
  };
}
