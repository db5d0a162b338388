import { JaegerAgent, type JaegerAgentOptions } from './jaegerAgent/jaegerAgent';
import { OtlpReceiver, type OtlpReceiverOptions } from './otlpReceiver/otlpReceiver';
import { PortSharing, type PortSharingOptions } from './sharedReceiver/portSharing';
import { ShareDesk, type ShareDeskOptions } from './sharedReceiver/shareDesk';
import { readShareSecret } from './sharedReceiver/shareSecret';

/** A receiver of OTLP over HTTP, not yet started. */
export function createReceiver(options: OtlpReceiverOptions): OtlpReceiver {
  return new OtlpReceiver(options);
}

/** A Jaeger agent, not yet started. */
export function createAgent(options: JaegerAgentOptions): JaegerAgent {
  return new JaegerAgent(options);
}

/** Where other windows of this user, which share a folder, can ask for what is received here. */
export function createDesk(folder: string, options: Omit<ShareDeskOptions, 'readSecret'>): ShareDesk {
  return new ShareDesk({ ...options, readSecret: () => readShareSecret(folder) });
}

/** The other side of that: a port of another window, which can be shared. */
export function createSharing(options: PortSharingOptions): PortSharing {
  return new PortSharing(options);
}
