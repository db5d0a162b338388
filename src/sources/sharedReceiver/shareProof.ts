import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The two sides of sharing: the window that has the port, and the one that wants to be given what comes there. */
export type ShareRole = 'holder' | 'follower';

/** What both sides know of one attempt: the port between them, and a number of each that is used once. */
export interface ShareExchange {
  readonly port: number;
  readonly followerNonce: string;
  readonly holderNonce: string;
}

const nonceForm = /^[0-9a-f]{32}$/;

/** A number to be used once, as text. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

/** Whether a text from outside can be such a number. */
export function isNonce(text: unknown): text is string {
  return typeof text === 'string' && nonceForm.test(text);
}

/**
 * Proves that its maker knows the secret, without telling it (HMAC-SHA-256). It holds for one side, one attempt and one
 * port: who stands between two windows, with a port of its own, cannot pass it on.
 */
export function shareProof(secret: Uint8Array, role: ShareRole, exchange: ShareExchange): string {
  const { port, followerNonce, holderNonce } = exchange;
  const text = ['whyspan share 1', role, port, followerNonce, holderNonce].join('\n');
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Whether a text from outside is the proof of that side; in constant time. */
export function isShareProof(
  given: unknown,
  secret: Uint8Array,
  role: ShareRole,
  exchange: ShareExchange,
): boolean {
  if (typeof given !== 'string' || !/^[0-9a-f]{64}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(shareProof(secret, role, exchange), 'hex'));
}
