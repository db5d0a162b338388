import { MessagePeer } from '../core/channel/messagePeer';

/** What VS Code gives a page. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** The page's end of the channel to the extension, for as long as the page lives. */
export function openHostChannel(
  api: VsCodeApi,
  handle: (method: string, params: unknown) => unknown,
): MessagePeer {
  const peer = new MessagePeer({
    post: (envelope) => api.postMessage(envelope),
    handle,
    describeError: (error) => {
      console.error(error);
      return String(error);
    },
    schedule: (action, delayMs) => {
      const timer = window.setTimeout(action, delayMs);
      return { dispose: () => window.clearTimeout(timer) };
    },
    timeoutMs: 10_000,
  });
  window.addEventListener('message', ({ data }) => void peer.receive(data));
  return peer;
}
