import { connect } from 'node:http2';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import type { ProblemCount } from '../../../../src/core/decode/problemCount';
import type { Trace } from '../../../../src/core/trace/trace';
import { GrpcReceiver, type GrpcReceiverOptions } from '../../../../src/sources/otlpGrpc/grpcReceiver';
import { inlineReceived } from '../../../support/inlineReceived';

/** A receiver on a free port, what it got, and a way to send it something. */
export async function startGrpc(more: Partial<GrpcReceiverOptions> = {}) {
  const traces: Trace[] = [];
  const problems: ProblemCount[] = [];
  const errors: unknown[] = [];
  const receiver = new GrpcReceiver({
    port: 0,
    decoder: inlineReceived,
    onBlocks: (got, bad) => {
      traces.push(...tracesOf(got));
      problems.push(...bad);
    },
    onError: (error) => errors.push(error),
    ...more,
  });
  const { port = 0 } = await receiver.start();
  const send = (message: Uint8Array, options: CallOptions = {}) => call(port, message, options);
  return { receiver, port, traces, problems, errors, send };
}

export interface CallOptions {
  /** Sent as they are; by default what gRPC demands. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** The first byte of a message: whether it is compressed. */
  readonly flag?: number;
  /** What the message says of its length, if that is not the truth. */
  readonly length?: number;
  /** Sent instead of a message with its prefix. */
  readonly raw?: Uint8Array;
  /** The call is not ended, so that the receiver goes on waiting. */
  readonly isOpen?: boolean;
}

/** What a call ended with: a gRPC status (undefined when there was none), its details and the answer without its prefix. */
export interface CallResult {
  readonly status: number | undefined;
  readonly message: string;
  readonly details: Buffer | undefined;
  readonly body: Buffer;
}

/** Makes one call by bare HTTP/2, over a connection of its own: what no well-behaved client would send can be sent. */
export function call(port: number, message: Uint8Array, options: CallOptions = {}): Promise<CallResult> {
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    const stream = session.request({
      ...{ ':method': 'POST', ':path': options.path ?? path, te: 'trailers' },
      ...{ 'content-type': 'application/grpc', ...options.headers },
    });
    const chunks: Buffer[] = [];
    let status: number | undefined;
    let text = '';
    let details: Buffer | undefined;
    const read = (headers: Readonly<Record<string, unknown>>) => {
      if (headers['grpc-status'] !== undefined) status = Number(headers['grpc-status']);
      if (headers['grpc-message'] !== undefined) text = decodeURI(String(headers['grpc-message']));
      const bytes = headers['grpc-status-details-bin'];
      if (typeof bytes === 'string') details = Buffer.from(bytes, 'base64');
    };
    stream.on('response', read);
    stream.on('trailers', read);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => undefined);
    session.on('error', () => undefined);
    const end = () => {
      session.destroy();
      resolve({ status, message: text, details, body: Buffer.concat(chunks).subarray(5) });
    };
    stream.on('end', end);
    session.on('close', end);
    const prefix = Buffer.alloc(5);
    prefix.writeUInt8(options.flag ?? 0, 0);
    prefix.writeUInt32BE(options.length ?? message.length, 1);
    stream.write(options.raw ?? Buffer.concat([prefix, message]));
    if (!options.isOpen) stream.end();
  });
}
