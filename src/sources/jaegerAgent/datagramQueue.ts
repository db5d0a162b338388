import type { DatagramBatch } from '../decoder/receivedDecoder';

/** A datagram as it came. */
export interface Datagram {
  readonly bytes: Buffer;
  /** It came to this window's own port. */
  readonly isOwn: boolean;
}

/** Bytes that are decoded at once: what waits behind them does not wait long. */
const mostAtOnce = 1024 ** 2;

/** Datagrams that wait to be decoded, within a bound. */
export class DatagramQueue {
  readonly #maxBytes: number;
  #waiting: Datagram[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** False when there is no room; then it is not kept. */
  add(datagram: Datagram): boolean {
    if (this.#bytes + datagram.bytes.length > this.#maxBytes) return false;
    this.#waiting.push(datagram);
    this.#bytes += datagram.bytes.length;
    return true;
  }

  /** Takes the next ones out, in the order in which they came. */
  take(): readonly Datagram[] {
    let [count, length] = [0, 0];
    for (const { bytes } of this.#waiting) {
      if (count > 0 && length + bytes.length > mostAtOnce) break;
      length += bytes.length;
      count++;
    }
    this.#bytes -= length;
    return this.#waiting.splice(0, count);
  }

  clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
  }
}

/** Datagrams one after the other, to be given to the decoder. */
export function batchOf(datagrams: readonly Datagram[]): DatagramBatch {
  const bytes = new Uint8Array(datagrams.reduce((sum, datagram) => sum + datagram.bytes.length, 0));
  const ends: number[] = [];
  let end = 0;
  for (const datagram of datagrams) {
    bytes.set(datagram.bytes, end);
    end += datagram.bytes.length;
    ends.push(end);
  }
  return { bytes, ends };
}
