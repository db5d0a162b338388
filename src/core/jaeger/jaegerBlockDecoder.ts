import { BlockBuilder } from '../columns/blockBuilder';
import type { SpanBlock } from '../columns/spanBlock';
import { writeTrace } from '../columns/writeTrace';
import type { DecodeProblem } from '../decode/decodeProblem';
import { elementText, JsonArrayScanner, type SkipAhead } from '../decode/jsonArrayScanner';
import { decodeJaegerTrace } from './decodeJaegerTrace';
import { JaegerTraceReader } from './jaegerTraceReader';
import { hashOf, type KnownTraces } from './knownTraces';

/** Spans after which a block is closed: what the main thread takes in at once stays small. */
const spansPerBlock = 8192;

/** What is not in the blocks of an answer. */
export interface BlockDecoding {
  /** How many traces were in the answer, readable or not, known or not. */
  readonly count: number;
  /** How many of them were known already, byte for byte. */
  readonly unchanged: number;
  readonly problems: readonly DecodeProblem[];
  /** What lies around the traces, with an empty array in their place. */
  readonly envelope: string;
  readonly isTruncated: boolean;
  /** A trace is no JSON: what came after it was not read. */
  readonly isBroken: boolean;
}

/** How an answer is decoded. */
export interface BlockDecoderOptions {
  /** Gets each block as soon as it is full, and the last one at the end. */
  readonly onBlock: (block: SpanBlock) => void;
  /** Recognises traces that were there before; they are counted, and left out. */
  readonly known?: KnownTraces | undefined;
  /** Traces from which on the answer is cut: its traces are not remembered then, as they may be dropped. */
  readonly limit?: number | undefined;
  /** Finds `jaegerLandmark` in a chunk, at or after a place; -1 when it is not there. Faster than looking at each byte. */
  readonly skipAhead?: SkipAhead | undefined;
}

/** What Jaeger writes in a trace after its spans, and within them only with backslashes. */
export const jaegerLandmark = '"processes":{';

/** Decodes an answer of Jaeger's `/api/traces` that comes in chunks into blocks. Never throws on bad input. */
export class JaegerBlockDecoder {
  readonly #onBlock: (block: SpanBlock) => void;
  readonly #known: KnownTraces | undefined;
  readonly #limit: number;
  readonly #fresh = new Set<number>();
  readonly #scanner: JsonArrayScanner;
  readonly #problems: DecodeProblem[] = [];
  #builder = new BlockBuilder();
  #reader = new JaegerTraceReader(this.#builder);
  #count = 0;
  #unchanged = 0;
  #isBroken = false;

  constructor({ onBlock, known, limit, skipAhead }: BlockDecoderOptions) {
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
    this.#onBlock = onBlock;
    this.#known = known;
    this.#scanner = new JsonArrayScanner('data', (json, isExact) => this.#take(json, isExact), skipAhead);
  }

  /** Takes the next bytes; false when the rest does not matter any more, because it is no JSON. */
  push(chunk: Uint8Array): boolean {
    if (!this.#isBroken) this.#scanner.push(chunk);
    return !this.#isBroken;
  }

  end(): BlockDecoding {
    this.#flush();
    if (this.#count < this.#limit) for (const hash of this.#fresh) this.#known?.add(hash);
    return {
      ...this.#scanner.end(),
      count: this.#count,
      unchanged: this.#unchanged,
      problems: this.#problems,
      isBroken: this.#isBroken,
    };
  }

  /** False for what is not read fast, and may have been cut at a wrong place. */
  #take(json: Uint8Array, isExact: boolean): boolean {
    if (this.#isBroken) return true;
    const hash = this.#known ? hashOf(json) : 0;
    if (this.#known?.has(hash) || this.#fresh.has(hash)) {
      this.#unchanged++;
    } else {
      if (!this.#reader.read(json)) {
        if (!isExact) return false;
        this.#takeUnusual(json);
      }
      if (this.#known) this.#fresh.add(hash);
    }
    this.#count++;
    if (this.#builder.spanCount >= spansPerBlock) this.#flush();
    return true;
  }

  #takeUnusual(json: Uint8Array): void {
    let parsed: unknown;
    try {
      parsed = JSON.parse(elementText(json));
    } catch {
      this.#count--;
      this.#isBroken = true;
      return;
    }
    const decoded = decodeJaegerTrace(parsed);
    for (const trace of decoded.traces) writeTrace(this.#builder, trace);
    for (const problem of decoded.problems) this.#problems.push(problem);
  }

  #flush(): void {
    if (this.#builder.traceCount === 0) return;
    const block = this.#builder.take();
    this.#builder = new BlockBuilder();
    this.#reader = new JaegerTraceReader(this.#builder);
    this.#onBlock(block);
  }
}
