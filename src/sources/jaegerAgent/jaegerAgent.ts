import { createSocket, type Socket } from 'node:dgram';
import type { Disposable } from '../../core/event';
import { HumanError } from '../../core/humanError';
import type { Trace } from '../../core/trace/trace';
import { type DatagramFault, decodeDatagram } from './decodeDatagram';

/** The port that Jaeger's clients send to unless they are told otherwise. */
export const defaultAgentPort = 6831;

/** Bytes of datagrams that the system keeps while we are busy; it may give less. */
const receiveBufferBytes = 4 * 1024 ** 2;

/** How an agent is set up. */
export interface JaegerAgentOptions {
  /** Hears the traces of each datagram: parts of traces, seldom whole ones. */
  readonly onTraces: (traces: readonly Trace[]) => void;
  /** Hears of each datagram that could not be read. */
  readonly onFault?: (fault: DatagramFault) => void;
  /** Gets each datagram that was read, as it came. */
  readonly onAccepted?: (datagram: Buffer) => void;
  /** UDP port on 127.0.0.1, 6831 by default; 0: any free one. */
  readonly port?: number;
}

/** Where the agent listens; without a port, another program has it. */
export type AgentStart =
  | { readonly port: number; readonly isDefaultPort: boolean }
  | { readonly port: undefined; readonly holder: 'other' };

/** What came since the start. Datagrams that could not be read count in one of the last three as well. */
export interface AgentStats {
  readonly datagrams: number;
  readonly spans: number;
  /** Spans, tags and events that could not be read in datagrams that could. */
  readonly problems: number;
  readonly broken: number;
  readonly oversize: number;
  /** Datagrams of Thrift that are no `emitBatch`. */
  readonly foreign: number;
}

/**
 * Takes spans as a Jaeger agent does: datagrams of compact Thrift, on the loopback interface only. When another program
 * has the port it does not take another: the senders have the port in their code, and that program is most likely a
 * Jaeger, which can be asked. UDP answers nothing, so what cannot be read is only counted.
 */
export class JaegerAgent implements Disposable {
  readonly #options: JaegerAgentOptions;
  readonly #stats = { datagrams: 0, spans: 0, problems: 0, broken: 0, oversize: 0, foreign: 0 };
  #socket: Socket | undefined;
  #isDisposed = false;

  constructor(options: JaegerAgentOptions) {
    this.#options = options;
  }

  get stats(): AgentStats {
    return { ...this.#stats };
  }

  /** Begins to listen. Throws a HumanError 'configuration' when the system forbids it. */
  async start(): Promise<AgentStart> {
    const wanted = this.#options.port ?? defaultAgentPort;
    const socket = createSocket('udp4');
    socket.on('message', (datagram) => {
      if (this.take(datagram)) this.#options.onAccepted?.(datagram);
    });
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
  }

  /** Takes a datagram, from its port or from another window, whether it listens or not; false when nothing of it can be read. */
  take(datagram: Uint8Array): boolean {
    if (this.#isDisposed) return false;
    this.#stats.datagrams++;
    const { traces, problems, fault } = decodeDatagram(datagram);
    if (fault !== undefined) {
      this.#fail(fault);
      return false;
    }
    this.#stats.problems += problems.length;
    for (const trace of traces) this.#stats.spans += trace.spans.length;
    if (traces.length > 0) this.#options.onTraces(traces);
    return true;
  }

  #fail(fault: DatagramFault): void {
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
