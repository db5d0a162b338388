import { CancellationError, throwIfCancelled } from './cancellation';

interface Waiting {
  readonly start: () => void;
  readonly isUrgent: boolean;
}

/** Lets one piece of work run at a time, in order of arrival; urgent work goes before what waits. */
export class RequestQueue {
  readonly #waiting: Waiting[] = [];
  #isBusy = false;

  /** Runs `work` when its turn comes. Rejects with a cancellation when the signal aborts before that. */
  async run<T>(
    work: () => Promise<T>,
    { signal, isUrgent }: { readonly signal: AbortSignal; readonly isUrgent: boolean },
  ): Promise<T> {
    throwIfCancelled(signal);
    if (this.#isBusy) await this.#turn(signal, isUrgent);
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#isBusy = false;
      this.#next();
    }
  }

  #turn(signal: AbortSignal, isUrgent: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new CancellationError());
      };
      const start = () => {
        signal.removeEventListener('abort', cancel);
        resolve();
      };
      const waiting: Waiting = { start, isUrgent };
      const firstPatient = this.#waiting.findIndex((other) => !other.isUrgent);
      if (isUrgent && firstPatient >= 0) this.#waiting.splice(firstPatient, 0, waiting);
      else this.#waiting.push(waiting);
      signal.addEventListener('abort', cancel, { once: true });
    });
  }

  #next(): void {
    const next = this.#waiting.shift();
    if (!next) return;
    // Busy for whoever comes before the one that was called has started.
    this.#isBusy = true;
    next.start();
  }
}
