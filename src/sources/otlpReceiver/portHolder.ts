import { smallAnswer } from './smallAnswer';

/** Who listens on a port that is taken. */
export type PortHolder =
  | { readonly holder: 'whyspan'; readonly window: string }
  | { readonly holder: 'other' };

const other: PortHolder = { holder: 'other' };

/** The path at which a Whyspan window says that it is one. */
export const identityPath = '/whyspan';

/** What a window answers there. */
export function identityText(windowId: string): string {
  return JSON.stringify({ whyspan: 1, window: windowId });
}

/** Asks who holds a port on this machine. Whoever does not answer as Whyspan does, in time, is another program. */
export async function askPortHolder(port: number, timeoutMs: number): Promise<PortHolder> {
  const answer = await smallAnswer(port, identityPath, timeoutMs);
  return answer === undefined ? other : parseIdentity(answer);
}

function parseIdentity(text: string): PortHolder {
  const window = /^\{"whyspan":1,"window":"([\w-]{1,64})"\}$/.exec(text)?.[1];
  return window === undefined ? other : { holder: 'whyspan', window };
}
