import { Worker } from 'node:worker_threads';
import type { SpanBlock } from '../../core/columns/spanBlock';
import type { Disposable } from '../../core/event';
import type { DecodeRequest, DecodeResponse } from './protocol';
import type { AnswerDecoding, DecodedAnswer, DecodeOptions, TraceDecoder } from './traceDecoder';

/** Decodes answers in a thread of its own, which starts with the first answer and again after it died. */
export class DecodeThread implements Disposable {
  readonly #workerFile: string;
  readonly #answers = new Map<number, PendingAnswer>();
  #worker: Worker | undefined;
  #nextId = 1;
  #isDisposed = false;

  /** The path of the worker's bundle. */
  constructor(workerFile: string) {
    this.#workerFile = workerFile;
  }

  /** A decoder for the answers of one Jaeger. */
  open(): TraceDecoder {
    const source = this.#nextId++;
    const forget = () => this.#worker?.postMessage({ kind: 'forget', source } satisfies DecodeRequest);
    return {
      begin: (options) => this.#begin(source, options),
      forget,
      dispose: forget,
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    void this.#worker?.terminate();
    this.#failAll(new Error('The decoder is disposed'));
  }

  #begin(source: number, options: DecodeOptions): AnswerDecoding {
    const id = this.#nextId++;
    const answer = new PendingAnswer();
    if (this.#isDisposed) {
      answer.fail(new Error('The decoder is disposed'));
    } else {
      this.#answers.set(id, answer);
      this.#tell({ kind: 'begin', id, source, ...options });
    }
    return {
      push: (chunk) => {
        if (answer.isOver) return false;
        // A copy: the buffer that a chunk lies in may be a pool's.
        const bytes = new Uint8Array(chunk);
        this.#tell({ kind: 'chunk', id, bytes }, [bytes.buffer]);
        return true;
      },
      end: () => {
        if (!answer.hasFailed) this.#tell({ kind: 'end', id });
        return answer.decoded;
      },
      abort: () => {
        if (!this.#answers.delete(id)) return;
        answer.fail(new Error('Nobody waits for this answer any more'));
        this.#tell({ kind: 'abort', id });
      },
    };
  }

  #tell(request: DecodeRequest, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(request, [...transfer]);
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile);
    worker.unref();
    worker.on('message', (response: DecodeResponse) => {
      const answer = this.#answers.get(response.id);
      if (response.kind === 'block') answer?.blocks.push(response.block);
      else if (response.kind === 'broken') answer?.stop();
      else {
        this.#answers.delete(response.id);
        if (response.kind === 'end') answer?.resolve({ ...response.decoding, blocks: answer.blocks });
        else answer?.fail(new Error(response.message));
      }
    });
    const onEnd = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#failAll(error);
    };
    worker.on('error', onEnd);
    worker.on('exit', (code) => onEnd(new Error(`The decoder's thread ended with code ${code}`)));
    return worker;
  }

  #failAll(error: Error): void {
    for (const answer of this.#answers.values()) answer.fail(error);
    this.#answers.clear();
  }
}

/** An answer of which the thread has not said all. */
class PendingAnswer {
  readonly blocks: SpanBlock[] = [];
  readonly decoded: Promise<DecodedAnswer>;
  /** The rest of its bytes does not matter. */
  isOver = false;
  hasFailed = false;
  #resolve: (answer: DecodedAnswer) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor() {
    this.decoded = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // It may fail before anyone waits for it; who does is told then.
    this.decoded.catch(() => undefined);
  }

  stop(): void {
    this.isOver = true;
  }

  resolve(answer: DecodedAnswer): void {
    this.isOver = true;
    this.#resolve(answer);
  }

  fail(error: Error): void {
    this.isOver = this.hasFailed = true;
    this.#reject(error);
  }
}
