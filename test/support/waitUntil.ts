import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is truthy; the last answer or error is in the failure's message. */
export async function waitUntil<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Exclude<NonNullable<T>, false>> {
  let last: unknown;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await delay(150)) {
    try {
      last = await ask();
      if (last) return last as Exclude<NonNullable<T>, false>;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(
    `${what}: not within ${timeoutMs} ms; last: ${last instanceof Error ? last.stack : JSON.stringify(last)}`,
  );
}
