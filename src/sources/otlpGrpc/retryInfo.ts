import { Metadata } from '@grpc/grpc-js';
import { PbfWriter } from 'pbf';
import type { Refusal } from '../otlpReceiver/refusal';

const retryAfterS = 1;

/**
 * Says of a refusal that the same request may come again: without this, RESOURCE_EXHAUSTED is final
 * (https://opentelemetry.io/docs/specs/otlp/#failures). A google.rpc.Status with a google.rpc.RetryInfo.
 */
export function retryMetadata({ code, message }: Refusal): Metadata {
  const status = new PbfWriter();
  status.writeVarintField(1, code);
  status.writeStringField(2, message);
  status.writeMessage(
    3,
    (delayS, any) => {
      any.writeStringField(1, 'type.googleapis.com/google.rpc.RetryInfo');
      any.writeMessage(2, (_, info) => info.writeMessage(1, writeDuration, delayS), delayS);
    },
    retryAfterS,
  );
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(status.finish()));
  return metadata;
}

function writeDuration(seconds: number, duration: PbfWriter): void {
  duration.writeVarintField(1, seconds);
}
