import type { Disposable } from '../../core/event';
import type { DecodeThread } from './decodeThread';
import type { DatagramBatch, ExportBody, ReceivedDecoder } from './receivedDecoder';
import type { TraceDecoder } from './traceDecoder';

/** A decoder's thread, which is loaded when something is to be decoded. */
export class LazyDecodeThread implements ReceivedDecoder, Disposable {
  readonly #workerFile: string;
  #loading: Promise<DecodeThread> | undefined;
  #thread: DecodeThread | undefined;
  #isDisposed = false;

  /** The path of the worker's bundle. */
  constructor(workerFile: string) {
    this.#workerFile = workerFile;
  }

  /** A decoder for the answers of one Jaeger. */
  async open(): Promise<TraceDecoder> {
    return (await this.#load()).open();
  }

  async decodeExport(body: ExportBody) {
    return await (this.#thread ?? (await this.#load())).decodeExport(body);
  }

  async decodeDatagrams(batch: DatagramBatch) {
    return await (this.#thread ?? (await this.#load())).decodeDatagrams(batch);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#thread?.dispose();
  }

  #load(): Promise<DecodeThread> {
    this.#loading ??= import('./decodeThread').then(({ DecodeThread }) => {
      const thread = new DecodeThread(this.#workerFile);
      // Who comes now is told that it is disposed.
      if (this.#isDisposed) thread.dispose();
      this.#thread = thread;
      return thread;
    });
    return this.#loading;
  }
}
