import type * as vscode from 'vscode';
import { MessagePeer } from '../core/channel/messagePeer';
import type { Disposable } from '../core/event';
import { isHumanError } from '../core/humanError';

/** What the feature does with a page. */
export interface WebviewChannelOptions {
  /** Called for each message of the page, `ready` first; it checks what it is given. What it returns or throws is the answer. */
  readonly handle: (method: string, params: unknown) => unknown;
  /** Gets what `handle` throws when it is meant for the log rather than for the page. */
  readonly onError: (error: unknown) => void;
  /** What the page is told instead of such an error. */
  readonly failureText: string;
  readonly timeoutMs?: number;
}

/** The extension's end of the channel to a webview's page. Until the page has said `ready`, what it is told waits. */
export class WebviewChannel implements Disposable {
  readonly #peer: MessagePeer;
  readonly #subscription: Disposable;
  #isReadySaid = false;
  #waiting: { readonly method: string; readonly params: unknown }[] | undefined = [];

  constructor(webview: vscode.Webview, options: WebviewChannelOptions) {
    this.#peer = new MessagePeer({
      post: (envelope) => {
        void webview.postMessage(envelope);
        // Only after its answer, so that the page has been answered before it is told anything.
        if (envelope.kind === 'reply' && this.#isReadySaid) this.#release();
      },
      handle: async (method, params) => {
        if (method !== 'ready' && this.#waiting) throw new Error(`“${method}” came before “ready”`);
        const answer: unknown = await options.handle(method, params);
        if (method === 'ready') this.#isReadySaid = true;
        return answer;
      },
      describeError: (error) => {
        if (isHumanError(error)) return error.message;
        options.onError(error);
        return options.failureText;
      },
      schedule: (action, delayMs) => {
        const timer = setTimeout(action, delayMs);
        return { dispose: () => clearTimeout(timer) };
      },
      timeoutMs: options.timeoutMs ?? 10_000,
    });
    this.#subscription = webview.onDidReceiveMessage((message: unknown) => void this.#peer.receive(message));
  }

  /** Whether the page has said `ready`. */
  get isReady(): boolean {
    return this.#waiting === undefined;
  }

  /** Tells the page; once it is ready. */
  notify(method: string, params: unknown): void {
    if (this.#waiting) this.#waiting.push({ method, params });
    else this.#peer.notify(method, params);
  }

  /** Asks the page, which must be ready. Rejects with a PeerError. */
  request(method: string, params: unknown): Promise<unknown> {
    return this.#peer.request(method, params);
  }

  /** The page has been unloaded: what waits is dropped, and the next page must say `ready` again. */
  reset(): void {
    this.#isReadySaid = false;
    this.#waiting = [];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#peer.dispose();
  }

  #release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const { method, params } of waiting) this.#peer.notify(method, params);
  }
}
