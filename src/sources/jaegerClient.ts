import { asObject, asString, own } from '../core/decode/jsonValue';
import type { Disposable } from '../core/event';
import { HumanError } from '../core/humanError';
import { isJaegerEnvelope } from '../core/jaeger/jaegerEnvelope';
import { operationsPath, type TraceSearch } from '../core/jaeger/jaegerQuery';
import type { SpanKind } from '../core/trace/span';
import { AnswerReader } from './answerReader';
import { ApiRequests } from './apiRequests';
import type { Connection } from './connection';
import type { Credentials } from './credentials';
import type { Timeouts } from './deadline';
import { InlineDecoder, type TraceDecoder } from './decoder/traceDecoder';
import type { SeriesAnswer } from './metricRequest';
import { RequestQueue } from './requestQueue';
import { ServerQuirks } from './serverQuirks';
import { getSpmLatencies, type SpmQuestion } from './spmLatencies';
import type { TraceAnswer } from './traceAnswer';
import { getTrace } from './traceById';
import { searchTraces } from './traceSearch';

/** One name of spans of a service, and their kind. */
export interface Operation {
  readonly name: string;
  readonly kind: SpanKind;
}

/** Largest answers that are read, in bytes after decompression. */
export interface AnswerCaps {
  readonly searchBytes: number;
  readonly traceBytes: number;
}

/** What a client is made of; all but the first two have defaults. */
export interface JaegerClientOptions {
  readonly connection: Connection;
  readonly credentials: Credentials;
  /** 30 seconds of silence, 2 minutes in total. */
  readonly timeouts?: Timeouts;
  /** 64 MB, and 256 MB for one trace. */
  readonly caps?: AnswerCaps;
  /** In this thread. It becomes the client's. */
  readonly decoder?: TraceDecoder | undefined;
  readonly nowMs?: () => number;
}

const defaultTimeouts: Timeouts = { idleMs: 30_000, totalMs: 120_000 };
const defaultCaps: AnswerCaps = { searchBytes: 64 * 1024 ** 2, traceBytes: 256 * 1024 ** 2 };
const longestListBytes = 16 * 1024 ** 2;
const spanKinds: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer'];

/** Asks one Jaeger, one request at a time. Failures are HumanErrors; a cancellation throws what `isCancellation` knows. */
export class JaegerClient implements Disposable {
  readonly #decoder: TraceDecoder;
  readonly #requests: ApiRequests;
  readonly #caps: AnswerCaps;
  readonly #queue = new RequestQueue();
  readonly #quirks: ServerQuirks;

  constructor(options: JaegerClientOptions) {
    this.#requests = new ApiRequests(options.connection, options.credentials, {
      timeouts: options.timeouts ?? defaultTimeouts,
    });
    this.#decoder = options.decoder ?? new InlineDecoder();
    this.#caps = options.caps ?? defaultCaps;
    this.#quirks = new ServerQuirks(options.nowMs ?? Date.now);
  }

  /** Names of all services, sorted. */
  async services(signal: AbortSignal): Promise<readonly string[]> {
    const items = await this.#list('/api/services', signal);
    return items.filter((item) => typeof item === 'string').sort();
  }

  /** The span names of a service with their kinds; a service that is unknown has none. */
  async operations(service: string, signal: AbortSignal): Promise<readonly Operation[]> {
    return (await this.#list(operationsPath(service), signal)).flatMap((item) => {
      const operation = asObject(item) ?? {};
      const name = asString(own(operation, 'name'));
      const kind = spanKinds.find((known) => known === own(operation, 'spanKind')) ?? 'unspecified';
      return name === undefined ? [] : [{ name, kind }];
    });
  }

  /** Traces that match; in no order. `isOnlyChanged`: those that an earlier such search gave, byte for byte, are left out. */
  search(search: TraceSearch, signal: AbortSignal, isOnlyChanged = false): Promise<TraceAnswer> {
    const { searchBytes: maxBytes } = this.#caps;
    const fetch = { signal, maxBytes, isOnlyChanged, decoder: this.#decoder };
    const work = () => searchTraces(this.#requests, this.#quirks, search, fetch);
    return this.#queue.run(work, { signal, isUrgent: false });
  }

  /** Latencies by service, in milliseconds, of Jaeger's span metrics; a HumanError when it has none. Goes before waiting searches. */
  latencies(question: SpmQuestion, signal: AbortSignal): Promise<SeriesAnswer> {
    const work = () => getSpmLatencies(this.#requests, question, signal);
    return this.#queue.run(work, { signal, isUrgent: true });
  }

  /** Forgets what was given already: the next search gives all. */
  forget(): void {
    this.#decoder.forget();
  }

  dispose(): void {
    this.#decoder.dispose();
  }

  /** One trace; a HumanError 'not-found' when there is none. Goes before waiting searches. `onProgress` hears the bytes so far. */
  trace(
    traceId: string,
    options: { readonly signal: AbortSignal; readonly onProgress?: (bytes: number) => void },
  ): Promise<TraceAnswer> {
    if (!/^[0-9a-f]{1,32}$/i.test(traceId)) {
      const message = 'A trace id has up to 32 hexadecimal digits; this is none.';
      return Promise.reject(new HumanError('not-found', message));
    }
    const { signal, onProgress } = options;
    const { traceBytes: maxBytes } = this.#caps;
    const fetch = { signal, onProgress, maxBytes, isOnlyChanged: false, decoder: this.#decoder };
    const work = () => getTrace(this.#requests, traceId, fetch);
    return this.#queue.run(work, { signal, isUrgent: true });
  }

  async #list(path: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    const reader = new AnswerReader({
      arrayKey: 'data',
      onElement: (json: unknown) => items.push(json),
      isEnvelope: isJaegerEnvelope,
    });
    const request = { path, reader, signal, maxBytes: longestListBytes };
    await this.#queue.run(() => this.#requests.get(request), { signal, isUrgent: false });
    return items;
  }
}
