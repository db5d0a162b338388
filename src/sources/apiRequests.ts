import { faultFailure, type RefusalError, refusal } from './answerFailure';
import type { BodyReader } from './answerReader';
import { baseUrl } from './baseUrl';
import type { Connection, ServerName } from './connection';
import type { Credentials } from './credentials';
import { Deadline, type Timeouts } from './deadline';
import { type HttpAnswer, httpGet } from './httpGet';
import { readBody } from './readBody';
import { traced, traceparent } from './selfTracing';
import { readTlsOptions } from './tlsOptions';
import { type Transport, tlsTransport } from './tlsTransport';

const longestErrorBody = 64 * 1024;
const shortestSecret = 12;

/** One question to the API, and who reads its answer. */
export interface ApiRequest {
  /** Path and query below the connection's URL. */
  readonly path: string;
  readonly reader: BodyReader;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** What came besides what the reader has. */
export interface ApiAnswer {
  readonly isPartial: boolean;
  readonly envelope: unknown;
}

/** How requests are sent, and what kind of server they are meant for. */
export interface ApiOptions {
  readonly timeouts: Timeouts;
  /** For messages; Jaeger by default. */
  readonly server?: ServerName;
}

/** Sends requests to one connection's API: credentials, TLS, timeouts, and a name for each failure. */
export class ApiRequests {
  readonly #connection: Connection;
  readonly #credentials: Credentials;
  readonly #timeouts: Timeouts;
  readonly #server: ServerName;
  #transport: Promise<Transport> | undefined;

  constructor(connection: Connection, credentials: Credentials, { timeouts, server = 'Jaeger' }: ApiOptions) {
    this.#connection = connection;
    this.#credentials = credentials;
    this.#timeouts = timeouts;
    this.#server = server;
  }

  /** Gets one answer. Refusals are RefusalErrors, other failures HumanErrors; nothing of a failed answer is kept. */
  get(request: ApiRequest): Promise<ApiAnswer> {
    const path = request.path.replace(/\?.*/s, '');
    return traced('whyspan.request', { 'url.path': path, 'http.request.method': 'GET' }, async () => {
      const first = await this.#attempt(request, true);
      const answer = first === 'renewed' ? await this.#attempt(request, false) : first;
      if (answer === 'renewed') throw new Error('credentials are renewed once only');
      return answer;
    });
  }

  /** Asks once. 'renewed': the credentials had run out, and there are new ones to ask again with. */
  async #attempt(request: ApiRequest, mayRenew: boolean): Promise<ApiAnswer | 'renewed'> {
    const url = `${baseUrl(this.#connection).href.replace(/\/+$/, '')}${request.path}`;
    const own = await this.#credentials.headers(url, request.signal);
    const headers = {
      accept: 'application/json',
      'user-agent': 'Whyspan',
      traceparent: traceparent(),
      ...own,
    };
    const transport = await this.#openTransport();
    // Only now: a token command has a time limit of its own.
    const deadline = new Deadline(this.#timeouts, request.signal);
    try {
      const answer = await httpGet({ url, headers, transport, deadline, server: this.#server });
      if (answer.status === 200) return await this.#read(answer, request, deadline);
      if (answer.status !== 401 || !mayRenew || !this.#credentials.renew()) {
        throw await readRefusal(answer, { deadline, headerValues: Object.values(own), server: this.#server });
      }
      answer.body.destroy();
      return 'renewed';
    } finally {
      deadline.dispose();
    }
  }

  async #read(answer: HttpAnswer, request: ApiRequest, deadline: Deadline): Promise<ApiAnswer> {
    const { reader, maxBytes, onProgress } = request;
    const options = { url: answer.url, deadline, maxBytes, onProgress };
    const isWhole = await readBody(answer.body, (chunk) => reader.push(chunk), options);
    const read = await reader.end(isWhole);
    if (!read.ok) throw faultFailure(read.fault, answer.url, this.#server);
    return read;
  }

  /** The files are read once; again after a failure, because then someone mends them. */
  async #openTransport(): Promise<Transport> {
    this.#transport ??= readTlsOptions(this.#connection).then(tlsTransport);
    try {
      return await this.#transport;
    } catch (error) {
      this.#transport = undefined;
      throw error;
    }
  }
}

/** `headerValues` were sent, and a server may repeat; short ones, such as a tenant, are no secrets. */
async function readRefusal(
  answer: HttpAnswer,
  asked: {
    readonly deadline: Deadline;
    readonly headerValues: readonly string[];
    readonly server: ServerName;
  },
): Promise<RefusalError> {
  const { deadline, headerValues, server } = asked;
  const decoder = new TextDecoder();
  let body = '';
  const take = (chunk: Uint8Array) => {
    body += decoder.decode(chunk, { stream: true });
    return body.length < longestErrorBody;
  };
  await readBody(answer.body, take, { url: answer.url, deadline, maxBytes: Number.POSITIVE_INFINITY });
  const secrets = headerValues.map((value) => value.replace(/^(Bearer|Basic) /, ''));
  const shown = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((text, secret) => text.replaceAll(secret, '…'), body);
  return refusal(answer, shown, server);
}
