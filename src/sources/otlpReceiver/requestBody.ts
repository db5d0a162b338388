import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';
import { bodyTooLarge } from './tooLarge';

/** Counts bytes in and out of what is held in memory, for all requests together. */
export interface ByteBudget {
  /** False when there is no room; then nothing was taken. */
  take(bytes: number): boolean;
}

/** Reads a body as it is sent. Refuses one that is too large, or for which there is no room now. */
export async function readRequestBody(
  request: IncomingMessage,
  maxBytes: number,
  budget: ByteBudget,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The socket must outlive a refusal: the answer goes over it.
  const incoming: AsyncIterable<unknown> = request.iterator({ destroyOnReturn: false });
  try {
    for await (const chunk of incoming) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a body of text, not bytes');
      bytes += chunk.length;
      if (bytes > maxBytes) throw bodyTooLarge(maxBytes);
      if (!budget.take(chunk.length)) throw new Refusal('too-many', 'Too much is being received: try again.');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('malformed', 'The body was cut.');
  }
  return Buffer.concat(chunks, bytes);
}
