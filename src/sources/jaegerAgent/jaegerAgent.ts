import { createSocket, type Socket } from 'node:dgram';
import type { Disposable } from '../../core/event';
import { HumanError } from '../../core/humanError';
import type { HeardSpans, ReceivedDecoder } from '../decoder/receivedDecoder';
import type { OnBlocks } from '../onBlocks';
import { Refusal } from '../otlpReceiver/refusal';
import { batchOf, type Datagram, DatagramQueue } from './datagramQueue';
import type { DatagramFault } from './decodeDatagram';

/** The port that Jaeger's clients send to unless they are told otherwise. */
export const defaultAgentPort = 6831;

/** Bytes of datagrams that the system keeps while we are busy; it may give less. */
const receiveBufferBytes = 4 * 1024 ** 2;

/** Bytes of datagrams that wait to be decoded; what comes beyond is lost, as it is when the system has no room. */
const defaultMaxPendingBytes = 16 * 1024 ** 2;

/** Why a datagram was not taken; a dropped one came faster than they can be read. */
export type LostDatagram = DatagramFault | 'dropped';

/** How an agent is set up. */
export interface JaegerAgentOptions {
  readonly decoder: ReceivedDecoder;
  /** Hears the spans of datagrams. */
  readonly onBlocks: OnBlocks;
  /** Gets what is a bug, here or in `onBlocks`. */
  readonly onError?: (error: unknown) => void;
  /** Hears of each datagram that was not taken. */
  readonly onFault?: (fault: LostDatagram) => void;
  /** Gets each datagram that was read, as it came. */
  readonly onAccepted?: (datagram: Buffer) => void;
  /** UDP port on 127.0.0.1, 6831 by default; 0: any free one. */
  readonly port?: number;
  /** 16 MB by default. */
  readonly maxPendingBytes?: number;
}

/** Where the agent listens; without a port, another program has it. */
export type AgentStart =
  | { readonly port: number; readonly isDefaultPort: boolean }
  | { readonly port: undefined; readonly holder: 'other' };

/** What came since the start. Datagrams that were not taken count in one of the last four as well. */
export interface AgentStats {
  readonly datagrams: number;
  readonly spans: number;
  /** Spans, tags and events that could not be read in datagrams that could. */
  readonly problems: number;
  readonly broken: number;
  readonly oversize: number;
  /** Datagrams of Thrift that are no `emitBatch`. */
  readonly foreign: number;
  readonly dropped: number;
}

/**
 * Takes spans as a Jaeger agent does: datagrams of compact Thrift, on the loopback interface only. When another program
 * has the port it does not take another: the senders have the port in their code, and that program is most likely a
 * Jaeger, which can be asked. UDP answers nothing, so what cannot be read is only counted.
 */
export class JaegerAgent implements Disposable {
  readonly #options: JaegerAgentOptions;
  readonly #stats = { datagrams: 0, spans: 0, problems: 0, broken: 0, oversize: 0, foreign: 0, dropped: 0 };
  readonly #queue: DatagramQueue;
  #isDecoding = false;
  #socket: Socket | undefined;
  #isDisposed = false;

  constructor(options: JaegerAgentOptions) {
    this.#options = options;
    this.#queue = new DatagramQueue(options.maxPendingBytes ?? defaultMaxPendingBytes);
  }

  get stats(): AgentStats {
    return { ...this.#stats };
  }

  /** Begins to listen. Throws a HumanError 'configuration' when the system forbids it. */
  async start(): Promise<AgentStart> {
    const wanted = this.#options.port ?? defaultAgentPort;
    const socket = createSocket('udp4');
    socket.on('message', (bytes) => this.#queueUp({ bytes, isOwn: true }));
    try {
      await bind(socket, wanted);
    } catch (error) {
      socket.close();
      const code = codeOf(error);
      if (code === 'EADDRINUSE') return { port: undefined, holder: 'other' };
      throw new HumanError('configuration', `Whyspan can’t listen on UDP port ${wanted} (${code}).`, {
        cause: error,
      });
    }
    const { port } = socket.address();
    // From now on an error concerns one datagram; the next may be sound.
    socket.on('error', () => this.#fail('broken'));
    if (this.#isDisposed) socket.close();
    else this.#socket = socket;
    return { port, isDefaultPort: port === defaultAgentPort };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#socket?.close();
    this.#socket = undefined;
    this.#queue.clear();
  }

  /** Takes a datagram from another window, whether it listens or not. */
  take(bytes: Buffer): void {
    this.#queueUp({ bytes, isOwn: false });
  }

  #queueUp(datagram: Datagram): void {
    if (this.#isDisposed) return;
    this.#stats.datagrams++;
    if (!this.#queue.add(datagram)) this.#fail('dropped');
    else if (!this.#isDecoding) void this.#decodeAll();
  }

  /** One batch after the other: while one is decoded, the next gathers. */
  async #decodeAll(): Promise<void> {
    this.#isDecoding = true;
    for (let datagrams = this.#queue.take(); datagrams.length > 0; datagrams = this.#queue.take()) {
      try {
        const heard = await this.#options.decoder.decodeDatagrams(batchOf(datagrams));
        if (!this.#isDisposed) this.#hear(heard, datagrams);
      } catch (error) {
        if (error instanceof Refusal) for (const _ of datagrams) this.#fail('dropped');
        else this.#options.onError?.(error);
      }
    }
    this.#isDecoding = false;
  }

  #hear({ blocks, spans, problems, faults }: HeardSpans, datagrams: readonly Datagram[]): void {
    this.#stats.spans += spans;
    this.#stats.problems += problems;
    if (blocks.length > 0) this.#options.onBlocks(blocks, []);
    for (const [i, { bytes, isOwn }] of datagrams.entries()) {
      const fault = faults[i];
      if (fault !== undefined) this.#fail(fault);
      else if (isOwn) this.#options.onAccepted?.(bytes);
    }
  }

  #fail(fault: LostDatagram): void {
    this.#stats[fault]++;
    this.#options.onFault?.(fault);
  }
}

function bind(socket: Socket, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      socket.off('error', reject);
      try {
        socket.setRecvBufferSize(receiveBufferBytes);
      } catch {
        // The system's own size does as well; bursts are lost sooner.
      }
      resolve();
    });
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
