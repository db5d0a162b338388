import type { DecodeProblem } from '../decode/decodeProblem';
import { Emitter } from '../event';
import type { InferenceDefinition } from '../trace/inference';
import type { Trace } from '../trace/trace';
import type { TraceFileContents } from '../traceFile/traceFileBlocks';
import type { Analyse } from './storeAnalysis';
import { TraceStore } from './traceStore';

/** A file whose traces were imported. */
export interface ImportedFile {
  /** Where it came from, as a URI: importing the same again replaces it. */
  readonly key: string;
  /** Its name for people, not yet cleaned. */
  readonly name: string;
  /** Its traces, and the questions that can be asked of them. Nothing is ever evicted from it. */
  readonly store: TraceStore;
  readonly format: TraceFileContents['format'];
  readonly problems: readonly DecodeProblem[];
  /** Problems that are not in the list, because there were too many. */
  readonly moreProblems: number;
}

/** Which files came and went. */
export interface OpenedChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const everything = { maxAgeUs: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };
const mostOpened = 20;

/**
 * Traces that somebody looked for, whenever they happened: those opened by their id, and those of imported files. They stay outside of
 * the store, whose window would evict them, and whose inferences an alert counts.
 */
export class OpenedTraces {
  readonly #files = new Map<string, ImportedFile>();
  readonly #byId = new Map<string, TraceStore>();
  readonly #onDidChange: Emitter<OpenedChange>;
  readonly #definitions = new WeakMap<TraceStore, InferenceDefinition>();
  #definition: InferenceDefinition;
  #maxBytes: number;
  #analyse: Analyse | undefined;

  /** `maxBytes` holds for all files together, and again for all traces that were opened by id. */
  constructor(options: {
    readonly definition: InferenceDefinition;
    readonly maxBytes: number;
    readonly onListenerError?: (error: unknown) => void;
  }) {
    this.#definition = options.definition;
    this.#maxBytes = options.maxBytes;
    this.#onDidChange = new Emitter(options.onListenerError);
  }

  /** Fires after each change; with nothing added or removed when only what is known of the traces changed. */
  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** The imported files, the last one first. */
  get files(): readonly ImportedFile[] {
    return [...this.#files.values()].reverse();
  }

  /** Ids of the traces that were opened by id, the last one first. */
  get openedIds(): readonly string[] {
    return [...this.#byId.keys()].reverse();
  }

  file(key: string): ImportedFile | undefined {
    return this.#files.get(key);
  }

  /** Bytes that a file may take in memory, by estimate; what it takes already is counted as free. */
  roomFor(key: string): number {
    let room = this.#maxBytes;
    for (const file of this.#files.values()) if (file.key !== key) room -= file.store.stats().bytes;
    return Math.max(0, room);
  }

  /** An empty store for the traces of a file that is being read. It is not known here until it is given to `addFile`. */
  newStore(): TraceStore {
    const store = new TraceStore({ definition: this.#definition, limits: everything });
    if (this.#analyse) store.analyseWith(this.#analyse);
    this.#definitions.set(store, this.#definition);
    return store;
  }

  /** Takes a file in, in place of one with the same key. */
  addFile(file: ImportedFile): void {
    this.#define(file.store);
    this.#files.delete(file.key);
    this.#files.set(file.key, file);
    this.#onDidChange.fire({ added: [file.key], removed: [] });
  }

  /** Lets a file go; whether it was there. */
  removeFile(key: string): boolean {
    const isRemoved = this.#files.delete(key);
    if (isRemoved) this.#onDidChange.fire({ added: [], removed: [key] });
    return isRemoved;
  }

  /** Keeps a trace that was opened by its id; of more than 20, or too much, the oldest are let go. */
  open(trace: Trace): void {
    const store = this.newStore();
    store.add([trace], 0);
    this.#byId.delete(trace.traceId);
    this.#byId.set(trace.traceId, store);
    let bytes = 0;
    for (const each of this.#byId.values()) bytes += each.stats().bytes;
    for (const [id, oldest] of this.#byId) {
      const isTooMuch = this.#byId.size > mostOpened || bytes > this.#maxBytes;
      if (!isTooMuch || id === trace.traceId) break;
      bytes -= oldest.stats().bytes;
      this.#byId.delete(id);
    }
    this.#onDidChange.fire({ added: [], removed: [] });
  }

  /** The store that has a trace: of those opened by id, else of the file that was imported last. */
  storeOf(traceId: string): TraceStore | undefined {
    return this.#byId.get(traceId) ?? this.fileOf(traceId)?.store;
  }

  /** The file that was imported last of those that have a trace. */
  fileOf(traceId: string): ImportedFile | undefined {
    return this.files.find(({ store }) => store.trace(traceId) !== undefined);
  }

  trace(traceId: string): Trace | undefined {
    return this.storeOf(traceId)?.trace(traceId);
  }

  /** Lets all go. */
  clear(): void {
    const removed = [...this.#files.keys()];
    if (removed.length + this.#byId.size === 0) return;
    this.#files.clear();
    this.#byId.clear();
    this.#onDidChange.fire({ added: [], removed });
  }

  /** Changes what counts as an inference, and how much may come; what is here stays. */
  configure(definition: InferenceDefinition, maxBytes: number): void {
    this.#maxBytes = maxBytes;
    // Settings that are read again are other objects, but mostly say the same.
    if (JSON.stringify(definition) === JSON.stringify(this.#definition)) return;
    this.#definition = definition;
    const stores = this.#stores();
    for (const store of stores) this.#define(store);
    if (stores.length > 0) this.#onDidChange.fire({ added: [], removed: [] });
  }

  /** Has what is here, and what comes, analysed from now on. */
  analyseWith(analyse: Analyse): void {
    this.#analyse = analyse;
    const stores = this.#stores();
    for (const store of stores) store.analyseWith(analyse);
    if (stores.length > 0) this.#onDidChange.fire({ added: [], removed: [] });
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }

  #stores(): readonly TraceStore[] {
    return [...this.#byId.values(), ...[...this.#files.values()].map(({ store }) => store)];
  }

  /** Has a store read its traces by the definition of today, if it was made by another. */
  #define(store: TraceStore): void {
    if (this.#definitions.get(store) === this.#definition) return;
    this.#definitions.set(store, this.#definition);
    store.configure(this.#definition, everything, 0);
  }
}
