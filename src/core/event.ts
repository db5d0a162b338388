/** Ends something: a subscription, a timer, a server. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes to what happens; the answer unsubscribes. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Says what happens to whoever listens. A listener that throws does not keep the others from hearing it. */
export class Emitter<T> implements Disposable {
  readonly #subscriptions = new Set<{ readonly listener: (value: T) => void }>();
  readonly #onListenerError: (error: unknown) => void;

  /** `onListenerError` gets what listeners throw; without it, errors are thrown after all have been told. */
  constructor(onListenerError?: (error: unknown) => void) {
    this.#onListenerError =
      onListenerError ??
      ((error) => {
        throw error;
      });
  }

  /** Subscribes a listener. */
  readonly event: Event<T> = (listener) => {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return { dispose: () => void this.#subscriptions.delete(subscription) };
  };

  /** Tells all listeners. */
  fire(value: T): void {
    const errors: unknown[] = [];
    for (const subscription of [...this.#subscriptions]) {
      // A listener before it may have ended it.
      if (!this.#subscriptions.has(subscription)) continue;
      try {
        subscription.listener(value);
      } catch (error) {
        errors.push(error);
      }
    }
    for (const error of errors) this.#onListenerError(error);
  }

  dispose(): void {
    this.#subscriptions.clear();
  }
}
