import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { PbfReader } from 'pbf';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import type { ProblemCount } from '../../../../src/core/decode/problemCount';
import type { Trace } from '../../../../src/core/trace/trace';
import { OtlpReceiver, type OtlpReceiverOptions } from '../../../../src/sources/otlpReceiver/otlpReceiver';
import { inlineReceived } from '../../../support/inlineReceived';
import type { Json } from '../../core/otlp/otlpEncoder';

/** What a receiver answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver on a free port, what it got, and a way to send it something. */
export async function startReceiver(more: Partial<OtlpReceiverOptions> = {}) {
  const traces: Trace[] = [];
  const problems: ProblemCount[] = [];
  const errors: unknown[] = [];
  const receiver = new OtlpReceiver({
    windowId: 'test-window',
    port: 0,
    decoder: inlineReceived,
    onBlocks: (got, bad) => {
      traces.push(...tracesOf(got));
      problems.push(...bad);
    },
    onError: (error) => errors.push(error),
    ...more,
  });
  const address = await receiver.start();
  const send = (body: Uint8Array | string, options: SendOptions = {}) => sendTo(address.port, body, options);
  return { receiver, address, traces, problems, errors, send };
}

export interface SendOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request over a connection of its own. */
export function sendTo(port: number, body: Uint8Array | string, options: SendOptions = {}): Promise<Answer> {
  const { method = 'POST', path = '/v1/traces', headers = {} } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        headers: { 'content-type': 'application/x-protobuf', ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** A google.rpc.Status, or a partial success, of protobuf: its number in field 1 and its text in field 2. */
export function readNumberAndText(bytes: Uint8Array, numberField = 1): { number: number; text: string } {
  return new PbfReader(bytes).readFields(
    (field, result, reader) => {
      if (field === numberField) result.number = reader.readVarint();
      if (field === 2) result.text = reader.readString();
    },
    { number: 0, text: '' },
  );
}

/** A span in OTLP's JSON. */
export function jsonSpan(index: number, more: Json = {}): Json {
  return {
    traceId: 'ab'.repeat(16),
    spanId: (index + 1).toString(16).padStart(16, '0'),
    name: 'op',
    startTimeUnixNano: '1795374137992045888',
    endTimeUnixNano: '1795374137996370969',
    ...more,
  };
}

/** A request in OTLP's JSON. */
export const requestOf = (...spans: Json[]): Json[] => [{ scopeSpans: [{ spans }] }];
