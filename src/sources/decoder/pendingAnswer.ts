import type { SpanBlock } from '../../core/columns/spanBlock';
import type { DecodedAnswer } from './traceDecoder';

/** An answer of which the thread has not said all. */
export class PendingAnswer {
  readonly blocks: SpanBlock[] = [];
  readonly decoded: Promise<DecodedAnswer>;
  /** The rest of its bytes does not matter. */
  isOver = false;
  hasFailed = false;
  #resolve: (answer: DecodedAnswer) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor() {
    this.decoded = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // It may fail before anyone waits for it; who does is told then.
    this.decoded.catch(() => undefined);
  }

  stop(): void {
    this.isOver = true;
  }

  resolve(answer: DecodedAnswer): void {
    this.isOver = true;
    this.#resolve(answer);
  }

  fail(error: Error): void {
    this.isOver = this.hasFailed = true;
    this.#reject(error);
  }
}
