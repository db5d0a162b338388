import type { Connection } from './connection';
import { Credentials, type CredentialsDeps } from './credentials';
import type { TraceDecoder } from './decoder/traceDecoder';
import { JaegerClient } from './jaegerClient';
import { Poller, type PollerOptions } from './poller';
import { PrometheusClient } from './prometheusClient';

// Entry of a bundle of its own, which is loaded on first use: axios alone takes longer to load than the whole activation may.

/** What is needed to ask one Jaeger. */
export interface JaegerClientSetup {
  readonly connection: Connection;
  readonly credentials: CredentialsDeps;
  readonly timeoutMs: number;
  /** Decodes the answers; in this thread when it is left out. */
  readonly decoder?: TraceDecoder | undefined;
}

/** A client for one connection. */
export function createClient({
  connection,
  credentials,
  timeoutMs,
  decoder,
}: JaegerClientSetup): JaegerClient {
  return new JaegerClient({
    connection,
    decoder,
    credentials: new Credentials(connection, credentials),
    // A large answer may take its time, as long as it keeps coming.
    timeouts: { idleMs: timeoutMs, totalMs: timeoutMs * 6 },
  });
}

/** A client for one Prometheus; here, so that the HTTP library is there once. */
export function createPrometheusClient({
  connection,
  credentials,
  timeoutMs,
}: Omit<JaegerClientSetup, 'decoder'>): PrometheusClient {
  const timeouts = { idleMs: timeoutMs, totalMs: timeoutMs * 2 };
  return new PrometheusClient(connection, new Credentials(connection, credentials), timeouts);
}

/** A poller, not yet started. */
export function createPoller(options: PollerOptions): Poller {
  return new Poller(options);
}
