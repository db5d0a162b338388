import type { SharedPortState } from '../sources/sharedReceiver/sharedPort';
import { loopback } from './settings';

/** Where programs can send their spans. */
export interface Endpoints {
  /** Such as `http://127.0.0.1:4318`: for programs on this machine. */
  readonly otlpUrl: string;
  /** The port that the settings ask for. */
  readonly wantedPort: number;
  /** The wanted port is taken: programs must be told this one. */
  readonly isOtherOtlpPort: boolean;
  /** Another window of VS Code with Whyspan has the wanted port. */
  readonly isTakenByWhyspan: boolean;
  /** Whether what that window receives is shown here, too; `possible`: it is a window of this user, and nobody has chosen so. */
  readonly sharing: 'none' | 'possible' | SharedPortState;
  /** Other machines and containers can send here, to this address; each request must bring the token. */
  readonly openTo: { readonly address: string; readonly port: number; readonly token: string } | undefined;
  /** Such as `http://127.0.0.1:4317`, for exporters that speak gRPC; `undefined` when another program has the port. */
  readonly grpcUrl: string | undefined;
  /** UDP port of the Jaeger agent; `undefined` when another program has it. */
  readonly agentPort: number | undefined;
}

/** Whether an address to listen at stands for all that a machine has. */
export function isEveryAddress(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** The URL for programs on this machine, of a port at an address. */
export function localUrl(address: string, port: number): string {
  return urlOf(isEveryAddress(address) ? loopback : address, port);
}

/** The URL of a port, by a name or an address. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
