import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/event';
import type { CallSites } from '../../core/mapping/callSites';
import type { LanguageId } from '../../core/mapping/languages/languageIds';
import type { ParseRequest, ParseResponse } from './protocol';

interface Pending {
  readonly resolve: (callSites: CallSites) => void;
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
  find(language: LanguageId, text: string, name?: string): Promise<CallSites> {
    if (this.#isDisposed) return Promise.reject(new Error('The parser is disposed'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, language, text, name } satisfies ParseRequest);
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
      else pending?.resolve(response.callSites);
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
