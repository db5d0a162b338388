/** Someone no longer wants the answer. Nobody is told about it: see {@link isCancellation}. */
export class CancellationError extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('The request was cancelled.');
  }
}

/** Whether an error only says that its request was cancelled, by us, by an AbortSignal or by axios. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'CanceledError');
}

/** Throws when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancellationError();
}
