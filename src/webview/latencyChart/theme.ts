/** Colours and fonts of the canvas, as the style sheet has made them of VS Code's theme. */
export interface ChartTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly point: string;
  readonly above: string;
  readonly average: string;
  readonly threshold: string;
  readonly alerting: string;
  readonly noData: string;
  readonly isHighContrast: boolean;
  readonly fontFamily: string;
  readonly fontSizePx: number;
}

/** The theme as it is now. */
export function readTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const color = (name: string) => style.getPropertyValue(`--chart-${name}`).trim() || style.color;
  const { classList } = document.body;
  return {
    foreground: color('foreground'),
    muted: color('muted'),
    background: color('background'),
    grid: color('grid'),
    point: color('point'),
    above: color('above'),
    average: color('average'),
    threshold: color('threshold'),
    alerting: color('alerting'),
    noData: color('no-data'),
    isHighContrast:
      classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light'),
    fontFamily: style.fontFamily,
    fontSizePx: Math.max(10, (Number.parseFloat(style.fontSize) || 13) - 2),
  };
}

/** Calls back when VS Code changes the theme: it then changes the body's classes and the root's variables. */
export function onDidChangeTheme(listener: () => void): void {
  const observer = new MutationObserver(listener);
  const options = { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] };
  observer.observe(document.body, options);
  observer.observe(document.documentElement, options);
}
