import type { GrpcReceiverOptions } from '../sources/otlpGrpc/grpcReceiver';
import type { ReceiverStats } from '../sources/otlpReceiver/receiverStats';
import type { DisposableStore } from './disposableStore';

/** A port of gRPC that is listened on. */
export interface ListeningGrpc {
  readonly url: string;
  readonly stats: () => ReceiverStats;
}

/**
 * Listens for OTLP over gRPC until `running` is disposed. `undefined` when another program has the port, or it fails, which
 * is told to `onError`: what is received otherwise goes on.
 */
export async function listenForGrpc(
  running: DisposableStore,
  options: GrpcReceiverOptions & { readonly onError: (error: unknown) => void },
): Promise<ListeningGrpc | undefined> {
  try {
    const { createGrpcReceiver } = await import('../sources/grpcSource');
    if (running.isDisposed) return undefined;
    const receiver = running.add(createGrpcReceiver(options));
    const { port } = await receiver.start();
    return port === undefined ? undefined : { url: `http://127.0.0.1:${port}`, stats: () => receiver.stats };
  } catch (error) {
    options.onError(error);
    return undefined;
  }
}
