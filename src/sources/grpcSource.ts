import { GrpcReceiver, type GrpcReceiverOptions } from './otlpGrpc/grpcReceiver';

// Entry of a bundle of its own, which is loaded when spans are to be received: gRPC is larger than all else together.

/** A receiver of OTLP over gRPC, not yet started. */
export function createGrpcReceiver(options: GrpcReceiverOptions): GrpcReceiver {
  return new GrpcReceiver(options);
}
