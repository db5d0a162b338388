import {
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { Refusal } from '../otlpReceiver/refusal';
import { isLoopbackHost } from '../otlpReceiver/requestGuard';
import type { GrpcLimits } from './grpcLimits';
import { retryMetadata } from './retryInfo';

/** What a gate asks and tells. */
export interface CallGateOptions {
  readonly limits: GrpcLimits;
  readonly port: () => number;
  readonly onRefused: (refusal: Refusal) => void;
}

/**
 * Looks at each call when its headers are there and before any of its message is read: refuses those that are not for this
 * machine, come from a web page or are too many, and ends those that take too long.
 */
export function createCallGate({ limits, port, onRefused }: CallGateOptions): ServerInterceptor {
  let running = 0;
  return (_method, call) => {
    let timer: NodeJS.Timeout | undefined;
    const refuse = (refusal: Refusal) => {
      onRefused(refusal);
      endCall(call, refusal);
    };
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            if (metadata.get('origin').length > 0 || !isLoopbackHost(call.getHost() ?? '', port()))
              refuse(new Refusal('forbidden', 'Whyspan takes calls from programs of this machine only.'));
            else if (running >= limits.maxRequests)
              refuse(new Refusal('too-many', 'Too many requests at once: try again.'));
            else {
              running++;
              const late = new Refusal('timeout', 'The request took too long.');
              timer = setTimeout(() => refuse(late), limits.requestTimeoutMs);
              proceed(metadata);
            }
          },
          // Told at the end of every call, however it ended.
          onCancel: () => {
            if (timer === undefined) return;
            clearTimeout(timer);
            timer = undefined;
            running--;
          },
        }),
    });
  };
}

function endCall(call: ServerInterceptingCallInterface, refusal: Refusal): void {
  const { code, message: details } = refusal;
  const isTemporary = refusal.reason === 'too-many';
  call.sendStatus({ code, details, ...(isTemporary ? { metadata: retryMetadata(refusal) } : {}) });
}
