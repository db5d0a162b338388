import { BlockBuilder } from '../columns/blockBuilder';
import type { SpanBlock } from '../columns/spanBlock';
import { writeTrace } from '../columns/writeTrace';
import { TraceFileDecoder, type TraceFileResult } from './traceFileDecoder';

/** What a file held beside its traces. */
export type TraceFileContents = Omit<TraceFileResult, 'traces'>;

/** Spans after which a block is full. */
const fullBlock = 8192;

/** Decodes a trace file that comes in chunks into blocks of columns, which are handed over as they fill. */
export class TraceFileBlocks {
  readonly #onBlock: (block: SpanBlock) => void;
  readonly #decoder: TraceFileDecoder;
  #builder = new BlockBuilder();

  constructor(onBlock: (block: SpanBlock) => void) {
    this.#onBlock = onBlock;
    this.#decoder = new TraceFileDecoder((trace) => {
      writeTrace(this.#builder, trace);
      if (this.#builder.spanCount >= fullBlock) this.#handOver();
    });
  }

  /** Takes the next bytes, after decompression. */
  push(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
  }

  /** Ends the file; the last block is handed over before this answers. */
  end(): TraceFileContents {
    const { traces: _, ...contents } = this.#decoder.end();
    this.#handOver();
    return contents;
  }

  #handOver(): void {
    if (this.#builder.traceCount === 0) return;
    const block = this.#builder.take();
    this.#builder = new BlockBuilder();
    this.#onBlock(block);
  }
}
