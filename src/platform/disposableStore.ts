import type { Disposable } from '../core/event';

/** Holds what must be disposed together, last in first out. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #isDisposed = false;

  /** Whether it holds nothing any more, nor will. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Takes ownership and returns what it was given; disposes it at once when the store is already disposed. */
  add<T extends Disposable>(item: T): T {
    if (this.#isDisposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Disposes all, also when one of them throws; then throws the first of these errors. */
  dispose(): void {
    this.#isDisposed = true;
    const errors: unknown[] = [];
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
