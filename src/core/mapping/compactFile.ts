import type { FunctionSite, SpanOpening } from './callSites';
import { noCallSites } from './callSites';
import { type IndexedFile, isPackedSites, type PackedSites, packSites, unpackSites } from './indexedFile';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * A file of the index as bytes, read when it is asked. What lies in thousands of files would be hundreds of thousands of objects, which the
 * garbage collector moves twice while they are made: some 10 ms each time, in which the editor stands still.
 */
export class CompactFile implements IndexedFile {
  readonly key: string;
  readonly path: string;
  readonly #bytes: Uint8Array;
  /** The one that was read last: it is asked several things in a row. */
  static #last: IndexedFile | undefined;
  static #lastOf: CompactFile | undefined;

  constructor(key: string, path: string, sites: PackedSites) {
    this.key = key;
    this.path = path;
    this.#bytes = encoder.encode(JSON.stringify(sites));
  }

  get functions(): readonly FunctionSite[] {
    return this.#sites().functions;
  }

  get spanOpenings(): readonly SpanOpening[] {
    return this.#sites().spanOpenings;
  }

  /** As it is kept on disk. */
  get packed(): PackedSites {
    const packed: unknown = JSON.parse(decoder.decode(this.#bytes));
    return isPackedSites(packed) ? packed : packSites(noCallSites);
  }

  #sites(): IndexedFile {
    if (CompactFile.#lastOf === this && CompactFile.#last) return CompactFile.#last;
    const sites = unpackSites(this.key, this.path, this.packed);
    CompactFile.#last = sites;
    CompactFile.#lastOf = this;
    return sites;
  }
}
