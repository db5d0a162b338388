import type { SpanBlock } from '../columns/spanBlock';
import { blockOf } from '../columns/writeTrace';
import { elementText, JsonArrayScanner } from '../decode/jsonArrayScanner';
import type { BlockDecoding } from '../jaeger/jaegerBlockDecoder';
import { hasAttributes } from '../jaeger/matchAttributes';
import type { Trace } from '../trace/trace';
import { decodeOtlpResourceSpans } from './decodeOtlpJson';

/** Spans after which a block is closed: what the main thread takes in at once stays small. */
const spansPerBlock = 8192;

/** Which traces of an answer are kept: those with a span of the service that has all the attributes. */
export interface KeptAttributes {
  readonly service: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** How an answer of `/api/v3` is decoded. */
export interface OtlpAnswerOptions {
  readonly onBlock: (block: SpanBlock) => void;
  readonly kept: KeptAttributes;
}

/**
 * Decodes an answer of Jaeger's `/api/v3`, OTLP in JSON, that comes in chunks into blocks: at its end, since the spans of a trace may lie
 * apart, so of an answer that was cut nothing is given. All traces are counted. Never throws on bad input.
 */
export class OtlpAnswerDecoder {
  readonly #options: OtlpAnswerOptions;
  readonly #scanner: JsonArrayScanner;
  readonly #elements: unknown[] = [];
  #isBroken = false;

  constructor(options: OtlpAnswerOptions) {
    this.#options = options;
    this.#scanner = new JsonArrayScanner('resourceSpans', (json) => {
      if (!this.#isBroken) this.#take(elementText(json));
    });
  }

  /** Takes the next bytes; false when the rest does not matter any more, because it is no JSON. */
  push(chunk: Uint8Array): boolean {
    if (!this.#isBroken) this.#scanner.push(chunk);
    return !this.#isBroken;
  }

  end(): BlockDecoding {
    const around = this.#scanner.end();
    const isUsable = !this.#isBroken && !around.isTruncated;
    const { traces, problems } = decodeOtlpResourceSpans(isUsable ? this.#elements : []);
    const { onBlock, kept } = this.#options;
    const wanted = traces.filter((trace) => hasAttributes(trace, kept.service, kept.attributes));
    for (const piece of piecesOf(wanted)) onBlock(blockOf(piece));
    return { ...around, count: traces.length, unchanged: 0, problems, isBroken: this.#isBroken };
  }

  #take(text: string): void {
    try {
      const json: unknown = JSON.parse(text);
      this.#elements.push(json);
    } catch {
      this.#isBroken = true;
    }
  }
}

/** Traces in pieces of so many spans as a block has. */
function* piecesOf(traces: readonly Trace[]): Generator<readonly Trace[]> {
  let [piece, spans]: [Trace[], number] = [[], 0];
  for (const trace of traces) {
    piece.push(trace);
    spans += trace.spans.length;
    if (spans < spansPerBlock) continue;
    yield piece;
    [piece, spans] = [[], 0];
  }
  if (piece.length > 0) yield piece;
}
