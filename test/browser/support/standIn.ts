import type { TestTheme } from './themes';

/** What a test tells the stand-in, as `window.chartSetup`. */
interface Setup {
  readonly init: unknown;
  readonly data: unknown;
  readonly theme: TestTheme;
  readonly state: unknown;
  readonly refuse: Readonly<Record<string, string>>;
}

interface Request {
  readonly kind: string;
  readonly id: number;
  readonly method: string;
}

// Runs in the page before its script: gives it VS Code's API and theme, and answers its requests.
const setup: Setup = Reflect.get(window, 'chartSetup');
const messages: unknown[] = [];
let kept = setup.state;

function say(message: unknown): void {
  window.postMessage(message, '*');
}

function answer({ id, method }: Request): void {
  const message = setup.refuse[method];
  if (message !== undefined) say({ kind: 'error', id, message });
  else say({ kind: 'reply', id, result: method === 'ready' ? setup.init : null });
  if (method === 'ready') say({ kind: 'notification', method: 'data', params: setup.data });
}

function useTheme(theme: TestTheme): void {
  document.body.className = theme.bodyClass;
  for (const [name, value] of Object.entries(theme.variables)) {
    document.documentElement.style.setProperty(`--vscode-${name}`, value);
  }
}

const api = {
  postMessage(message: Request): void {
    messages.push(message);
    if (message.kind === 'request') answer(message);
  },
  getState: () => kept,
  setState(state: unknown): void {
    kept = state;
  },
};

Object.assign(window, { messages, useTheme, keptState: () => kept, acquireVsCodeApi: () => api });
new MutationObserver((_, observer) => {
  if (!document.body) return;
  observer.disconnect();
  useTheme(setup.theme);
}).observe(document, { childList: true, subtree: true });
