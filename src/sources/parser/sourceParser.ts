import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/event';
import { type CallSites, type LibraryCall, noCallSites } from '../../core/mapping/callSites';
import { type PackedSites, packSites } from '../../core/mapping/indexedFile';
import type { LanguageId } from '../../core/mapping/languages/languageIds';
import type { ParseAnswers, ParseRequest, ParseResponse } from './protocol';

interface Pending {
  readonly resolve: (answer: Partial<ParseAnswers>) => void;
  readonly reject: (error: Error) => void;
}

/** Finds call sites in a thread of its own, which starts with the first question and again after it died. */
export class SourceParser implements Disposable {
  readonly #options: { readonly workerFile: string; readonly wasmFolder: string };
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 1;
  #isDisposed = false;

  /** Paths of the worker's bundle and of the folder with the .wasm files. */
  constructor(options: { readonly workerFile: string; readonly wasmFolder: string }) {
    this.#options = options;
  }

  /** The call sites of a source text; with its name, a file that is edited is parsed faster. Rejects when the parser fails or is disposed. */
  async find(language: LanguageId, text: string, name?: string): Promise<CallSites> {
    const { callSites } = await this.#ask({ wanted: 'callSites', language, text, name });
    return callSites ?? noCallSites;
  }

  /** What a source text calls, by name. */
  async calls(language: LanguageId, text: string): Promise<readonly LibraryCall[]> {
    const { calls } = await this.#ask({ wanted: 'calls', language, text, name: undefined });
    return calls ?? [];
  }

  /** What the workspace's index keeps of a source file, given its bytes. */
  async pack(language: LanguageId, bytes: Uint8Array): Promise<PackedSites> {
    const { packed } = await this.#ask({ wanted: 'packed', language, text: bytes, name: undefined });
    return packed ?? packSites(noCallSites);
  }

  #ask(question: Omit<ParseRequest, 'id'>): Promise<Partial<ParseAnswers>> {
    if (this.#isDisposed) return Promise.reject(new Error('The parser is disposed'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, ...question } satisfies ParseRequest);
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    void this.#worker?.terminate();
    this.#failAll(new Error('The parser is disposed'));
  }

  #start(): Worker {
    const { workerFile, wasmFolder } = this.#options;
    const worker = new Worker(workerFile, { workerData: wasmFolder });
    worker.unref();
    worker.on('message', (response: ParseResponse) => {
      const pending = this.#pending.get(response.id);
      this.#pending.delete(response.id);
      if ('error' in response) pending?.reject(new Error(response.error));
      else pending?.resolve(response.answer);
    });
    const onEnd = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#failAll(error);
    };
    worker.on('error', onEnd);
    worker.on('exit', (code) => onEnd(new Error(`The parser's thread ended with code ${code}`)));
    return worker;
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
