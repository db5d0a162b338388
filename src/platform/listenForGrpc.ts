import type { GrpcReceiverOptions } from '../sources/otlpGrpc/grpcReceiver';
import type { DisposableStore } from './disposableStore';

/**
 * Listens for OTLP over gRPC until `running` is disposed. The URL for programs; `undefined` when another program has the
 * port, or it fails, which is told to `onError`: what is received otherwise goes on.
 */
export async function listenForGrpc(
  running: DisposableStore,
  options: GrpcReceiverOptions & { readonly onError: (error: unknown) => void },
): Promise<string | undefined> {
  try {
    const { createGrpcReceiver } = await import('../sources/grpcSource');
    if (running.isDisposed) return undefined;
    const { port } = await running.add(createGrpcReceiver(options)).start();
    return port === undefined ? undefined : `http://127.0.0.1:${port}`;
  } catch (error) {
    options.onError(error);
    return undefined;
  }
}
