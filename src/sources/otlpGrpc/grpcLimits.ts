import { defaultReceiverLimits, type ReceiverLimits } from '../otlpReceiver/receiverLimits';

/** What the gRPC receiver takes before it refuses; `maxBodyBytes` holds before and after decompression. */
export type GrpcLimits = Omit<ReceiverLimits, 'maxInflatedBytes' | 'maxJsonTokens' | 'maxPendingBytes'>;

/** As OTLP over HTTP, but for a message: 4 MB are what gRPC takes by default, as OpenTelemetry's Collector does. */
export const defaultGrpcLimits: GrpcLimits = {
  ...defaultReceiverLimits,
  maxBodyBytes: 4 * 1024 * 1024,
  // At most so many messages are held at once: 64 MB, as over HTTP.
  maxRequests: 16,
};

/** gRPC's own options for them. */
export function channelOptions(limits: GrpcLimits): Readonly<Record<string, number>> {
  return {
    'grpc.max_receive_message_length': limits.maxBodyBytes,
    'grpc.max_concurrent_streams': limits.maxRequests,
    'grpc.max_connection_idle_ms': limits.idleTimeoutMs,
    // In MB, of a connection: without it Node's own bound is switched off.
    'grpc-node.max_session_memory': 16,
    // Kept statistics of connections, which nobody reads.
    'grpc.enable_channelz': 0,
  };
}
