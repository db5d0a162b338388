import type { DecodeProblem, DecodeResult } from '../decode/decodeProblem';
import { decodeJaegerTrace } from '../jaeger/decodeJaegerTrace';
import { decodeOtlpResourceSpans } from '../otlp/decodeOtlpJson';
import type { Trace } from '../trace/trace';
import { DocumentReader } from './documentReader';
import { JsonDocuments } from './jsonDocuments';

/** The formats of trace files. */
export type TraceFileFormat = 'jaeger' | 'otlp';

/** What a file held. `format` is that of its first trace; `undefined` when it holds none of ours. */
export interface TraceFileResult extends DecodeResult {
  readonly format: TraceFileFormat | undefined;
  /** Problems that are not in the list, because there were too many. */
  readonly moreProblems: number;
}

const mostProblems = 1000;

/**
 * Decodes a trace file that comes in chunks: Jaeger JSON as its API and UI write it (`{"data": […]}`, one trace, a list
 * of traces), and OTLP JSON (`{"resourceSpans": […]}`, alone, in a `result`, or one a line as the collector's file exporter
 * writes). Never throws on bad input. Holds the traces and one element; the resource spans of OTLP until the end, because
 * the spans of a trace may lie apart.
 */
export class TraceFileDecoder {
  readonly #traces: Trace[] = [];
  readonly #onTrace: (trace: Trace) => void;
  readonly #problems: DecodeProblem[] = [];
  #moreProblems = 0;
  #resourceSpans: unknown[] = [];
  #format: TraceFileFormat | undefined;
  #documents = 0;
  #reader: DocumentReader | undefined;
  readonly #splitter: JsonDocuments;

  /** With `onTrace`, traces are given to it as they are read, and are not in the result. */
  constructor(onTrace?: (trace: Trace) => void) {
    this.#onTrace = onTrace ?? ((trace) => this.#traces.push(trace));
    this.#splitter = new JsonDocuments({
      onBytes: (chunk) => {
        this.#reader ??= this.#newReader();
        this.#reader.push(chunk);
      },
      onEnd: (isWhole) => {
        this.#reader?.end(isWhole);
        this.#reader = undefined;
      },
    });
  }

  /** Takes the next bytes, after decompression. */
  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  /** Ends the file. */
  end(): TraceFileResult {
    this.#splitter.end();
    const where = this.#documents === 0 ? '' : `after document ${this.#documents}`;
    if (this.#splitter.isForeign) this.#addProblem({ what: 'something that is no JSON', where });
    else if (this.#documents === 0) this.#addProblem({ what: 'the file is empty', where: '' });
    const decoded = decodeOtlpResourceSpans(this.#resourceSpans);
    this.#resourceSpans = [];
    for (const trace of decoded.traces) this.#onTrace(trace);
    decoded.problems.forEach(this.#addProblem);
    return {
      traces: this.#traces,
      problems: this.#problems,
      moreProblems: this.#moreProblems,
      format: this.#format,
    };
  }

  #newReader(): DocumentReader {
    const where = `document ${++this.#documents}`;
    return new DocumentReader({
      onJaegerTrace: (json) => {
        this.#format ??= 'jaeger';
        const decoded = decodeJaegerTrace(json);
        for (const trace of decoded.traces) this.#onTrace(trace);
        decoded.problems.forEach(this.#addProblem);
      },
      onResourceSpans: (json) => {
        this.#format ??= 'otlp';
        this.#resourceSpans.push(json);
      },
      onProblem: (what) => this.#addProblem({ what, where }),
    });
  }

  readonly #addProblem = (problem: DecodeProblem): void => {
    if (this.#problems.length < mostProblems) this.#problems.push(problem);
    else this.#moreProblems++;
  };
}
