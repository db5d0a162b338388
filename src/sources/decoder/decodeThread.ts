import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/event';
import { PendingAnswer } from './pendingAnswer';
import { PendingReceived } from './pendingReceived';
import type { DecodeRequest, DecodeResponse } from './protocol';
import type {
  DatagramBatch,
  ExportBody,
  ExportedSpans,
  HeardSpans,
  ReceivedDecoder,
} from './receivedDecoder';
import type { AnswerDecoding, DecodeOptions, TraceDecoder } from './traceDecoder';

/** Decodes answers and what is received in a thread of its own, which starts with the first bytes and again after it died. */
export class DecodeThread implements ReceivedDecoder, Disposable {
  readonly #workerFile: string;
  readonly #answers = new Map<number, PendingAnswer>();
  readonly #received = new PendingReceived();
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

  async decodeExport(body: ExportBody): Promise<ExportedSpans> {
    const id = this.#nextId++;
    const spans = this.#received.addExport(id);
    this.#give({ kind: 'export', id, body }, body.bytes.buffer);
    return await spans;
  }

  async decodeDatagrams(batch: DatagramBatch): Promise<HeardSpans> {
    const id = this.#nextId++;
    const spans = this.#received.addDatagrams(id);
    this.#give({ kind: 'datagrams', id, batch }, batch.bytes.buffer);
    return await spans;
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

  /** Gives what was received to the thread, its bytes for good. */
  #give(request: DecodeRequest, buffer: ArrayBuffer): void {
    if (this.#isDisposed) this.#received.failAll();
    else this.#tell(request, [buffer]);
  }

  #tell(request: DecodeRequest, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(request, [...transfer]);
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile);
    worker.unref();
    worker.on('message', (response: DecodeResponse) => this.#hear(response));
    const onEnd = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#failAll(error);
    };
    worker.on('error', onEnd);
    worker.on('exit', (code) => onEnd(new Error(`The decoder's thread ended with code ${code}`)));
    return worker;
  }

  #hear(response: DecodeResponse): void {
    const answer = this.#answers.get(response.id);
    switch (response.kind) {
      case 'block':
        answer?.blocks.push(response.block);
        break;
      case 'broken':
        answer?.stop();
        break;
      case 'end':
        this.#answers.delete(response.id);
        answer?.resolve({ ...response.decoding, blocks: answer.blocks });
        break;
      case 'failed':
        this.#answers.delete(response.id);
        answer?.fail(new Error(response.message));
        this.#received.fail(response.id, new Error(response.message));
        break;
      default:
        this.#received.take(response);
    }
  }

  #failAll(error: Error): void {
    for (const answer of this.#answers.values()) answer.fail(error);
    this.#answers.clear();
    this.#received.failAll();
  }
}
