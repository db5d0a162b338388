import { defaultOtlpLimits, type OtlpLimits } from '../../core/otlp/otlpLimits';

/** What the receiver takes before it refuses. */
export interface ReceiverLimits extends OtlpLimits {
  /** A body as it comes, in bytes. */
  readonly maxBodyBytes: number;
  /** A body after decompression, in bytes: inflating stops there. */
  readonly maxInflatedBytes: number;
  /** Brackets, braces and commas of a JSON body: what bounds the memory of JSON.parse. */
  readonly maxJsonTokens: number;
  /** Longest name, message or attribute, in characters; a longer one is cut, and that is a problem. */
  readonly maxTextLength: number;
  /** Connections at once; further ones are closed. */
  readonly maxConnections: number;
  /** Requests at once, being read, waiting or decoded; further ones are told to come again. */
  readonly maxRequests: number;
  /** Bytes of bodies held at once, before decompression; further ones are told to come again. */
  readonly maxPendingBytes: number;
  readonly headersTimeoutMs: number;
  /** For a whole request. */
  readonly requestTimeoutMs: number;
  /** How long a connection may be silent between requests. */
  readonly idleTimeoutMs: number;
}

const mebibyte = 1024 * 1024;

export const defaultReceiverLimits: ReceiverLimits = {
  ...defaultOtlpLimits,
  maxBodyBytes: 16 * mebibyte,
  maxInflatedBytes: 64 * mebibyte,
  maxJsonTokens: 8_000_000,
  maxTextLength: 256 * 1024,
  maxConnections: 64,
  maxRequests: 32,
  maxPendingBytes: 64 * mebibyte,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  idleTimeoutMs: 60_000,
};
