import type { Disposable } from '../../core/event';
import { CriticalShares } from '../../core/store/criticalShares';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { Shares } from './heat';

/** However fast traces come, their paths are looked at no more often. */
const everyMs = 2000;

/** What the newest traces waited for, found in the background, a few traces at a time. */
export class RecentShares implements Disposable {
  readonly #shares: CriticalShares;
  readonly #onDidChange: () => void;
  readonly #disposables = new DisposableStore();
  #current: Shares = new Map();
  #traceCount = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor({ store }: Deps, onDidChange: () => void) {
    this.#shares = new CriticalShares(store);
    this.#onDidChange = onDidChange;
    this.#disposables.add(
      store.onDidChange(({ updated, removed }) => {
        this.#shares.forget([...updated, ...removed]);
        this.#pending ??= setTimeout(() => this.#look(), everyMs);
      }),
    );
    this.#look();
  }

  /** As they were when all of these traces had last been looked at: what is being looked at again is still true. */
  get current(): Shares {
    return this.#current;
  }

  /** Of how many traces they are. */
  get traceCount(): number {
    return this.#traceCount;
  }

  dispose(): void {
    this.#disposables.dispose();
    clearTimeout(this.#pending);
  }

  /** A few at a time, with a breath in between. */
  #look(): void {
    if (this.#disposables.isDisposed) return;
    if (this.#shares.step()) {
      this.#pending = setTimeout(() => this.#look(), 1);
      return;
    }
    this.#pending = undefined;
    this.#current = this.#shares.shares();
    this.#traceCount = this.#shares.traceCount;
    this.#onDidChange();
  }
}
