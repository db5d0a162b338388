import { Refusal } from '../otlpReceiver/refusal';
import type { DecodeResponse } from './protocol';
import type { ExportedSpans, HeardSpans } from './receivedDecoder';

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** What the thread says of what was received. */
export type ReceivedResponse = Extract<DecodeResponse, { kind: 'exported' | 'heard' | 'refused' }>;

/** What was given to the thread and has not come back yet. */
export class PendingReceived {
  readonly #exports = new Map<number, Waiting<ExportedSpans>>();
  readonly #datagrams = new Map<number, Waiting<HeardSpans>>();

  addExport(id: number): Promise<ExportedSpans> {
    return new Promise((resolve, reject) => this.#exports.set(id, { resolve, reject }));
  }

  addDatagrams(id: number): Promise<HeardSpans> {
    return new Promise((resolve, reject) => this.#datagrams.set(id, { resolve, reject }));
  }

  take(response: ReceivedResponse): void {
    const { id } = response;
    if (response.kind === 'exported') this.#exports.get(id)?.resolve(response.spans);
    else if (response.kind === 'heard') this.#datagrams.get(id)?.resolve(response.spans);
    else this.fail(id, new Refusal(response.reason, response.message));
    this.#forget(id);
  }

  /** Fails one; does nothing when it is none of these. */
  fail(id: number, error: Error): void {
    this.#exports.get(id)?.reject(error);
    this.#datagrams.get(id)?.reject(error);
    this.#forget(id);
  }

  /** Fails all that wait: whoever sent it may send it again. */
  failAll(): void {
    for (const { reject } of [...this.#exports.values(), ...this.#datagrams.values()])
      reject(new Refusal('unavailable', 'What decodes spans has ended: try again.'));
    this.#exports.clear();
    this.#datagrams.clear();
  }

  #forget(id: number): void {
    this.#exports.delete(id);
    this.#datagrams.delete(id);
  }
}
