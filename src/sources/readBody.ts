import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { HumanError } from '../core/humanError';
import { displayUrl } from './baseUrl';
import { timeoutFailure } from './connectionFailure';
import type { Deadline } from './deadline';

const longestWorkMs = 10;

/** How to read a body. */
export interface ReadBodyOptions {
  readonly url: string;
  readonly deadline: Deadline;
  /** After decompression. */
  readonly maxBytes: number;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/**
 * Gives the bytes of a body to `consume` as they come, until it answers false, and lets the event loop breathe in
 * between. Answers whether the body came whole: false when the connection was cut.
 */
export async function readBody(
  body: Readable,
  consume: (chunk: Uint8Array) => boolean,
  options: ReadBodyOptions,
): Promise<boolean> {
  const { deadline, maxBytes } = options;
  let bytes = 0;
  let breathedAt = performance.now();
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextChunk(chunks, options);
      if (next === 'end' || next === 'cut') return next === 'end';
      deadline.touch();
      bytes += next.length;
      if (bytes > maxBytes) throw tooLarge(options);
      if (!consume(next)) return true;
      options.onProgress?.(bytes);
      if (performance.now() - breathedAt < longestWorkMs) continue;
      await breathe();
      breathedAt = performance.now();
    }
  } finally {
    body.destroy();
  }
}

async function nextChunk(
  chunks: AsyncIterator<unknown>,
  { url, deadline }: ReadBodyOptions,
): Promise<Uint8Array | 'end' | 'cut'> {
  deadline.throwIfCancelled();
  try {
    const { done, value } = await chunks.next();
    if (done) return 'end';
    if (value instanceof Uint8Array) return value;
    throw new TypeError('a body of text, not bytes');
  } catch {
    deadline.throwIfCancelled();
    if (deadline.timedOut) throw timeoutFailure(new URL(url), deadline);
    return 'cut';
  }
}

function tooLarge({ url, maxBytes }: ReadBodyOptions): HumanError {
  const size = `${Math.round(maxBytes / 1024 / 1024)} MB`;
  return new HumanError(
    'too-large',
    `The answer of ${displayUrl(url)} is larger than ${size} and was not read to its end. Ask for less: a smaller limit or a shorter look-back.`,
  );
}
