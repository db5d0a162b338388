import { get } from 'node:http';

/** Who listens on a port that is taken. */
export type PortHolder =
  | { readonly holder: 'whyspan'; readonly window: string }
  | { readonly holder: 'other' };

const longestAnswer = 1024;
const other: PortHolder = { holder: 'other' };

/** The path at which a Whyspan window says that it is one. */
export const identityPath = '/whyspan';

/** What a window answers there. */
export function identityText(windowId: string): string {
  return JSON.stringify({ whyspan: 1, window: windowId });
}

/** Asks who holds a port on this machine. Whoever does not answer as Whyspan does, in time, is another program. */
export function askPortHolder(port: number, timeoutMs: number): Promise<PortHolder> {
  return new Promise((resolve) => {
    const url = `http://127.0.0.1:${port}${identityPath}`;
    const request = get(url, { signal: AbortSignal.timeout(timeoutMs), agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > longestAnswer) request.destroy();
      });
      response.on('end', () => resolve(response.statusCode === 200 ? parseIdentity(text) : other));
      response.on('error', () => resolve(other));
      response.on('close', () => resolve(other));
    });
    request.on('error', () => resolve(other));
  });
}

function parseIdentity(text: string): PortHolder {
  const window = /^\{"whyspan":1,"window":"([\w-]{1,64})"\}$/.exec(text)?.[1];
  return window === undefined ? other : { holder: 'whyspan', window };
}
