import { JaegerAgent, type JaegerAgentOptions } from './jaegerAgent/jaegerAgent';
import { OtlpReceiver, type OtlpReceiverOptions } from './otlpReceiver/otlpReceiver';

// Entry of a bundle of its own, which is loaded on first use: protobuf and Thrift are not needed to ask a Jaeger.

/** A receiver of OTLP over HTTP, not yet started. */
export function createReceiver(options: OtlpReceiverOptions): OtlpReceiver {
  return new OtlpReceiver(options);
}

/** A Jaeger agent, not yet started. */
export function createAgent(options: JaegerAgentOptions): JaegerAgent {
  return new JaegerAgent(options);
}
