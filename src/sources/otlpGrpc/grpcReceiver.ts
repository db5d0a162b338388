import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import type { Disposable } from '../../core/event';
import type { ReceivedDecoder } from '../decoder/receivedDecoder';
import type { OnBlocks } from '../onBlocks';
import type { AcceptedBody } from '../otlpReceiver/acceptedBody';
import { exportAnswer } from '../otlpReceiver/exportAnswer';
import { defaultReceiverLimits } from '../otlpReceiver/receiverLimits';
import { listen } from '../otlpReceiver/receiverServer';
import { type OnRefused, ReceiverCounters, type ReceiverStats } from '../otlpReceiver/receiverStats';
import { Refusal } from '../otlpReceiver/refusal';
import { rejectionText } from '../otlpReceiver/rejectionText';
import { createCallGate } from './callGate';
import { channelOptions, defaultGrpcLimits, type GrpcLimits } from './grpcLimits';

/** The port of OTLP/gRPC, by its specification. */
export const defaultGrpcPort = 4317;

const loopback = '127.0.0.1';
const bytes = (message: Buffer) => message;
const traceService = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  },
};

/** What a gRPC receiver needs; as OtlpReceiver. */
export interface GrpcReceiverOptions {
  readonly decoder: ReceivedDecoder;
  readonly onBlocks: OnBlocks;
  readonly onError?: (error: unknown) => void;
  readonly onRefused?: OnRefused;
  /** Gets each message that was taken, as it came. */
  readonly onAccepted?: (body: AcceptedBody) => void;
  /** By default 4317. No other is chosen when it is taken: senders have it in their code. */
  readonly port?: number;
  readonly limits?: Partial<GrpcLimits>;
}

/** Receives traces from OpenTelemetry's exporters over OTLP/gRPC (https://opentelemetry.io/docs/specs/otlp/#otlpgrpc), on loopback. */
export class GrpcReceiver implements Disposable {
  readonly #options: GrpcReceiverOptions;
  readonly #limits: GrpcLimits;
  readonly #counters: ReceiverCounters;
  readonly #sockets = new Set<Socket>();
  #rpc: Server | undefined;
  #server: NetServer | undefined;
  #port = 0;
  #isDisposed = false;

  constructor(options: GrpcReceiverOptions) {
    this.#options = options;
    this.#limits = { ...defaultGrpcLimits, ...options.limits };
    this.#counters = new ReceiverCounters(options.onRefused);
  }

  /** What was received so far. */
  get stats(): ReceiverStats {
    return this.#counters.stats;
  }

  /** Starts to listen, once; the port is `undefined` when another program has it. */
  async start(): Promise<{ readonly port: number | undefined }> {
    const { port: wanted = defaultGrpcPort } = this.#options;
    if (this.#server || this.#isDisposed) throw new Error('a receiver is started once');
    const rpc = this.#createRpc();
    const injector = rpc.createConnectionInjector(ServerCredentials.createInsecure());
    // A server of our own, since gRPC's accepts any number of connections.
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
      injector.injectConnection(socket);
    });
    server.maxConnections = this.#limits.maxConnections;
    server.on('drop', () => this.#counters.countRefusal('connections'));
    this.#rpc = rpc;
    this.#server = server;
    const port = await listen(server, wanted, loopback);
    if (this.#isDisposed) server.close();
    this.#port = port ?? 0;
    return { port };
  }

  /** Stops at once; what is being received is not taken any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#server?.close();
    this.#rpc?.forceShutdown();
    for (const socket of this.#sockets) socket.destroy();
  }

  #createRpc(): Server {
    const gate = createCallGate({
      limits: this.#limits,
      port: () => this.#port,
      onRefused: ({ reason, message }) => this.#counters.countRefusal(reason, message),
    });
    const rpc = new Server({ ...channelOptions(this.#limits), interceptors: [gate] });
    rpc.addService(traceService, {
      Export: (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
        void this.#answer(call, answer);
      },
    });
    return rpc;
  }

  async #answer(call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): Promise<void> {
    try {
      answer(null, await this.#take(call));
    } catch (error) {
      if (!(error instanceof Refusal)) this.#options.onError?.(error);
      const refusal =
        error instanceof Refusal ? error : new Refusal('internal', 'Whyspan could not take this.');
      this.#counters.countRefusal(refusal.reason, refusal.message);
      answer({ code: refusal.code, details: refusal.message });
    }
  }

  async #take(call: ServerUnaryCall<Buffer, Buffer>): Promise<Buffer> {
    this.#counters.countRequest();
    const limits = { ...defaultReceiverLimits, ...this.#limits };
    // A copy, since what was taken is passed on as it came.
    const bytes = new Uint8Array(call.request);
    const result = await this.#options.decoder.decodeExport({
      ...{ bytes, encoding: 'protobuf', isGzip: false, limits },
    });
    // A call that took too long has been answered: its sender will come again.
    if (this.#isDisposed || call.cancelled) return Buffer.alloc(0);
    if (result.blocks.length > 0 || result.problems.length > 0)
      this.#options.onBlocks(result.blocks, result.problems);
    this.#options.onAccepted?.({ form: 'protobuf', bytes: call.request });
    this.#counters.countSpans(result.spans, result.rejectedSpans);
    return exportAnswer('protobuf', result.rejectedSpans, rejectionText(result));
  }
}
