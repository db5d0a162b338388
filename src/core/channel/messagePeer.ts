import type { Disposable } from '../event';
import { decodeEnvelope, type Envelope } from './envelope';

/** What a peer needs of its surroundings. */
export interface PeerOptions {
  readonly post: (envelope: Envelope) => void;
  /** Called for each request and each notification; what it returns or throws answers a request. */
  readonly handle: (method: string, params: unknown) => unknown;
  /** What the other side is told of an error. */
  readonly describeError: (error: unknown) => string;
  /** Runs `action` later, unless disposed before. */
  readonly schedule: (action: () => void, delayMs: number) => Disposable;
  readonly timeoutMs: number;
}

/** The other side answered a request with an error, did not answer in time, or is gone. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly reason: 'refused' | 'timeout' | 'disposed';

  constructor(reason: 'refused' | 'timeout' | 'disposed', message: string) {
    super(message);
    this.reason = reason;
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: PeerError) => void;
  readonly timer: Disposable;
}

/** One end of a channel of messages; both ends are alike. Messages that are no envelopes are ignored. */
export class MessagePeer implements Disposable {
  readonly #options: PeerOptions;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #isDisposed = false;

  constructor(options: PeerOptions) {
    this.#options = options;
  }

  /** Tells the other side; no answer is expected. */
  notify(method: string, params: unknown): void {
    if (!this.#isDisposed) this.#options.post({ kind: 'notification', method, params });
  }

  /** Asks the other side. Rejects with a PeerError. */
  request(method: string, params: unknown): Promise<unknown> {
    if (this.#isDisposed) return Promise.reject(new PeerError('disposed', method));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = this.#options.schedule(() => {
        this.#pending.delete(id);
        reject(new PeerError('timeout', method));
      }, this.#options.timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      this.#options.post({ kind: 'request', id, method, params });
    });
  }

  /** Takes in a message from the other side. Settles when it has been dealt with; never rejects. */
  async receive(message: unknown): Promise<void> {
    const envelope = decodeEnvelope(message);
    if (!envelope || this.#isDisposed) return;
    switch (envelope.kind) {
      case 'reply':
        return this.#take(envelope.id)?.resolve(envelope.result);
      case 'error':
        return this.#take(envelope.id)?.reject(new PeerError('refused', envelope.message));
      case 'notification':
      case 'request':
        return this.#answer(envelope);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(new PeerError('disposed', ''));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.timer.dispose();
    return pending;
  }

  async #answer(envelope: Envelope & { readonly kind: 'notification' | 'request' }): Promise<void> {
    let answer: { readonly result: unknown } | { readonly message: string };
    try {
      answer = { result: await this.#options.handle(envelope.method, envelope.params) };
    } catch (error) {
      answer = { message: this.#options.describeError(error) };
    }
    if (envelope.kind === 'notification' || this.#isDisposed) return;
    if ('message' in answer) this.#options.post({ kind: 'error', id: envelope.id, message: answer.message });
    else this.#options.post({ kind: 'reply', id: envelope.id, result: answer.result ?? null });
  }
}
