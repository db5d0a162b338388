import type { FunctionSite, SpanOpening } from './callSites';
import type { IndexedFile } from './indexedFile';
import { isExact, matchesName, type NamePattern } from './namePattern';
import { commonSuffixLength, fileNameOf } from './pathMatch';

/** A call that opens spans, and its file. */
export interface IndexedOpening {
  readonly file: IndexedFile;
  readonly opening: SpanOpening;
}

/** A function and its file. */
export interface IndexedFunction {
  readonly file: IndexedFile;
  readonly site: FunctionSite;
}

const defaultMaxBytes = 128_000_000;
const mostRemembered = 5000;
const longestPrefix = 16;

/** All source files of a workspace: who opens a span, who has a function, which file is meant by a path. */
export class WorkspaceIndex {
  readonly #maxBytes: number;
  readonly #files = new Map<string, IndexedFile>();
  readonly #byFileName = new Buckets<IndexedFile>();
  readonly #byFunction = new Buckets<IndexedFile>();
  readonly #byOpening = new Buckets<IndexedFile>();
  readonly #byPattern = new PatternBuckets();
  readonly #openers = new Map<string, readonly IndexedOpening[]>();
  #bytes = 0;
  #revision = 0;

  /** `maxBytes` bounds what it takes in memory, by estimate. */
  constructor(maxBytes = defaultMaxBytes) {
    this.#maxBytes = maxBytes;
  }

  /** Another number after each change. */
  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#files.size;
  }

  /** By estimate. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): IndexedFile | undefined {
    return this.#files.get(key);
  }

  keys(): Iterable<string> {
    return this.#files.keys();
  }

  /** Takes a file in, in place of the one with its key; false when there is no room for it. */
  set(file: IndexedFile): boolean {
    this.delete(file.key);
    const bytes = bytesOf(file);
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#bytes += bytes;
    this.#files.set(file.key, file);
    this.#byFileName.add(nameKey(file.path), file);
    for (const name of functionNames(file)) this.#byFunction.add(name, file);
    for (const name of exactNames(file)) this.#byOpening.add(name, file);
    for (const opening of patternsOf(file)) this.#byPattern.add({ file, opening });
    this.#changed();
    return true;
  }

  /** Lets a file go; whether it was there. */
  delete(key: string): boolean {
    const file = this.#files.get(key);
    if (!file) return false;
    this.#files.delete(key);
    this.#bytes -= bytesOf(file);
    this.#byFileName.remove(nameKey(file.path), file);
    for (const name of functionNames(file)) this.#byFunction.remove(name, file);
    for (const name of exactNames(file)) this.#byOpening.remove(name, file);
    for (const { spanName } of patternsOf(file)) this.#byPattern.remove(spanName, file);
    this.#changed();
    return true;
  }

  /** The calls that open spans of a name: those that write it out, else those with a pattern that it fits. */
  openersOf(spanName: string): readonly IndexedOpening[] {
    let openers = this.#openers.get(spanName);
    if (!openers) {
      const exact = this.#byOpening.of(spanName).flatMap((file) => openingsIn(file, spanName));
      openers = exact.length > 0 ? exact : this.#byPattern.matching(spanName);
      if (this.#openers.size >= mostRemembered) this.#openers.clear();
      this.#openers.set(spanName, openers);
    }
    return openers;
  }

  /** The functions of a name, whatever they belong to. */
  functionsNamed(name: string): readonly IndexedFunction[] {
    return this.#byFunction
      .of(name)
      .flatMap((file) => file.functions.filter((site) => site.name === name).map((site) => ({ file, site })));
  }

  /** The files that have most of the last parts of a path, and how many. None when no file has its name. */
  filesLike(path: string): { readonly files: readonly IndexedFile[]; readonly common: number } {
    let common = 0;
    let files: IndexedFile[] = [];
    for (const file of this.#byFileName.of(nameKey(path))) {
      const length = commonSuffixLength(file.path, path);
      if (length === 0 || length < common) continue;
      if (length > common) files = [];
      common = length;
      files.push(file);
    }
    return { files, common };
  }

  #changed(): void {
    this.#revision++;
    this.#openers.clear();
  }
}

/** Lists by name; most names are of one item, which needs no list. */
class Buckets<T extends object> {
  readonly #lists = new Map<string, T | T[]>();

  of(name: string): readonly T[] {
    const found = this.#lists.get(name);
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  }

  add(name: string, item: T): void {
    const found = this.#lists.get(name);
    if (found === undefined) this.#lists.set(name, item);
    else if (Array.isArray(found)) found.push(item);
    else this.#lists.set(name, [found, item]);
  }

  remove(name: string, item: T): void {
    const left = this.of(name).filter((each) => each !== item);
    const [only] = left;
    if (only === undefined) this.#lists.delete(name);
    else this.#lists.set(name, left.length === 1 ? only : left);
  }
}

/** Openings with patterns, by what they begin with, so that not each of them has to be tried. */
class PatternBuckets {
  readonly #byPrefix = new Map<string, IndexedOpening[]>();

  add(item: IndexedOpening): void {
    const prefix = prefixOf(item.opening.spanName);
    const list = this.#byPrefix.get(prefix);
    if (list) list.push(item);
    else this.#byPrefix.set(prefix, [item]);
  }

  remove(pattern: NamePattern, of: IndexedFile): void {
    const prefix = prefixOf(pattern);
    const left = (this.#byPrefix.get(prefix) ?? []).filter(({ file }) => file !== of);
    if (left.length > 0) this.#byPrefix.set(prefix, left);
    else this.#byPrefix.delete(prefix);
  }

  matching(name: string): readonly IndexedOpening[] {
    const found: IndexedOpening[] = [];
    for (let length = 0; length <= Math.min(longestPrefix, name.length); length++)
      for (const item of this.#byPrefix.get(name.slice(0, length)) ?? [])
        if (matchesName(item.opening.spanName, name)) found.push(item);
    return found;
  }
}

function prefixOf([first = '']: NamePattern): string {
  return first.slice(0, longestPrefix);
}

function openingsIn(file: IndexedFile, spanName: string): readonly IndexedOpening[] {
  return file.spanOpenings
    .filter((each) => isExact(each.spanName) && matchesName(each.spanName, spanName))
    .map((opening) => ({ file, opening }));
}

function nameKey(path: string): string {
  return fileNameOf(path).toLowerCase();
}

function functionNames({ functions }: IndexedFile): Iterable<string> {
  return new Set(functions.map(({ name }) => name));
}

function exactNames({ spanOpenings }: IndexedFile): Iterable<string> {
  return new Set(spanOpenings.flatMap(({ spanName }) => (isExact(spanName) ? spanName : [])));
}

function patternsOf({ spanOpenings }: IndexedFile): readonly SpanOpening[] {
  return spanOpenings.filter(({ spanName }) => !isExact(spanName));
}

/** What a file and its entries take on a machine of 64 bits. */
function bytesOf({ key, path, functions, spanOpenings }: IndexedFile): number {
  let bytes = 400 + 2 * (key.length + path.length);
  for (const { name, container } of functions) bytes += 100 + 2 * name.length + (container?.length ?? 0);
  for (const { spanName } of spanOpenings) bytes += 100 + 2 * spanName.join('').length;
  return bytes;
}
