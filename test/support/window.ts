import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { waitUntil } from './waitUntil';

/** What the window shows, asked through the bridge into its browser. Only on the stand-in for the desktop program. */
type Bridge = (action: string, options?: object) => Promise<unknown>;

/** Imports a module of tools/ from inside the extension host. */
export async function importTool<T>(file: string): Promise<T> {
  const root = process.env.WHYSPAN_ROOT;
  if (!root) throw new Error('WHYSPAN_ROOT is not set: run the suite by `npm test`');
  return import(pathToFileURL(path.join(root, 'tools', file)).href) as Promise<T>;
}

let bridge: Bridge | undefined;

async function ask(action: string, options: object = {}): Promise<unknown> {
  if (!bridge) {
    const tool = await importTool<{ connectBridge(): Bridge | undefined }>('vscode-host/bridgeClient.mjs');
    bridge = tool.connectBridge();
  }
  if (!bridge) throw new Error('no bridge to the window');
  return bridge(action, options);
}

/** Runs a function in the window's page; its source is sent, so it can use nothing from around it. */
export function inPage<A, R>(fn: (argument: A) => R, arg: A, when?: string): Promise<Awaited<R>> {
  const options = { fn: fn.toString(), arg, ...(when === undefined ? {} : { when }) };
  return ask('evaluate', options) as Promise<Awaited<R>>;
}

/** Clicks an element. */
export async function click(selector: string): Promise<void> {
  await ask('click', { selector });
}

/** Moves the mouse over an element. */
export async function hover(selector: string): Promise<void> {
  await ask('hover', { selector });
}

/** Presses keys, such as `Enter` or `Control+A`. */
export async function press(keys: string): Promise<void> {
  await ask('press', { keys });
}

/** Types text where the focus is. */
export async function typeText(text: string): Promise<void> {
  await ask('type', { text });
}

/** Runs a script file, such as axe-core, in the frame that has a selector. */
export async function inject(file: string, when?: string): Promise<void> {
  await ask('inject', { path: file, ...(when === undefined ? {} : { when }) });
}

/** Sets the size of the window. */
export async function setViewport(width: number, height: number): Promise<void> {
  await ask('setViewport', { width, height });
}

/** A picture of the window among the test's artefacts. */
export async function screenshot(name: string): Promise<void> {
  await ask('screenshot', { path: path.join(process.env.WHYSPAN_ARTIFACTS ?? '.', `${name}.png`) });
}

/** The texts of all elements that match, as they are read. */
export function textsOf(selector: string): Promise<string[]> {
  return inPage(
    (wanted) =>
      [...document.querySelectorAll(wanted)].map((element) =>
        (element.textContent ?? '').replace(/\u00a0/g, ' '),
      ),
    selector,
  );
}

/** The rows of the tree that can be seen, as a screen reader hears them. */
export function treeRows(): Promise<string[]> {
  return inPage(
    () =>
      [...document.querySelectorAll('.part.sidebar .monaco-list-row')].map(
        (row) => row.getAttribute('aria-label') ?? row.textContent ?? '',
      ),
    null,
  );
}

/** What Whyspan wrote at the ends of lines: the text of the line, and what follows it. */
export function lineEnds(): Promise<{ line: string; text: string }[]> {
  return inPage(() => {
    const found: { line: string; text: string }[] = [];
    for (const line of document.querySelectorAll('.editor-instance .view-line')) {
      for (const span of line.querySelectorAll('span[class*="ced-"]')) {
        const content = getComputedStyle(span, '::after').content;
        if (content && content !== 'none' && content !== 'normal') {
          const plain = (text: string) => text.replace(/\u00a0/g, ' ');
          found.push({
            line: plain(line.textContent ?? '').trim(),
            text: plain(content.replace(/^"|"$/g, '')),
          });
        }
      }
    }
    return found;
  }, null);
}

/** All notifications in the notification centre, newest first. */
export async function notifications(): Promise<string[]> {
  await vscode.commands.executeCommand('notifications.showList');
  return textsOf('.notifications-center .notification-list-item-message');
}

/** Picks the row of a quick pick that is like a label, by keyboard. */
export async function pick(label: RegExp): Promise<void> {
  const rows = await waitUntil(`a row like ${label}`, async () => {
    const found = await textsOf('.quick-input-widget .monaco-list-row');
    return found.some((row) => label.test(row)) && found;
  });
  const index = rows.findIndex((row) => label.test(row));
  for (let i = 0; i < index; i++) await press('ArrowDown');
  await press('Enter');
}

/** Texts of Whyspan's item in the status bar, as a screen reader hears them. */
export async function statusBarLabel(): Promise<string> {
  const labels = await inPage(
    () =>
      [...document.querySelectorAll('.part.statusbar [aria-label]')].map(
        (item) => item.getAttribute('aria-label') ?? '',
      ),
    null,
  );
  return labels.find((label) => label.startsWith('Whyspan')) ?? '';
}

/** Titles of the lenses of a document, in the order of lines. */
export async function lensTitles(uri: vscode.Uri): Promise<{ line: number; title: string }[]> {
  const lenses =
    (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100)) ??
    [];
  return lenses.map((lens) => ({ line: lens.range.start.line + 1, title: lens.command?.title ?? '' }));
}

/** Sets a setting of the user's. */
export async function setSetting(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
}

/** The themes that every picture is taken in. */
export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

/** Pictures of the window in each theme; ends in the dark one. */
export async function screenshotsInAllThemes(name: string): Promise<void> {
  for (const [label, theme] of Object.entries(themes).reverse()) {
    await setSetting('workbench.colorTheme', theme);
    await waitUntil(`the theme ${theme}`, () =>
      inPage((wanted) => {
        const { classList } = document.querySelector('.monaco-workbench') ?? document.body;
        const kind = ['vs-dark', 'hc-black', 'hc-light', 'vs'].find((name) => classList.contains(name));
        return kind === wanted;
      }, { dark: 'vs-dark', light: 'vs', 'high-contrast': 'hc-black', 'high-contrast-light': 'hc-light' }[
        label
      ] ?? ''),
    );
    await new Promise((resolve) => setTimeout(resolve, 800));
    await screenshot(`${name}-${label}`);
  }
}
