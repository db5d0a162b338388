import { elementText, JsonArrayScanner } from '../decode/jsonArrayScanner';
import { asObject } from '../decode/jsonValue';
import { listToStream, recogniseDocument, type StreamedList } from './traceDocument';

/** What hears what a document holds. */
export interface DocumentContents {
  onJaegerTrace(json: unknown): void;
  onResourceSpans(json: unknown): void;
  onProblem(what: string): void;
}

const headBytes = 64 * 1024;
const rootOpening = new Uint8Array([...'{"root":'].map((letter) => letter.charCodeAt(0)));
const rootClosing = new Uint8Array([0x7d]);

/** Reads one JSON document that comes in chunks: its list element by element where that can be told by its beginning. */
export class DocumentReader {
  readonly #contents: DocumentContents;
  readonly #decoder = new TextDecoder();
  /** Of the beginning, until it is known what to do; of all of it, when it is read whole. */
  #text = '';
  #isDecided = false;
  #list: StreamedList | undefined;
  #scanner: JsonArrayScanner | undefined;
  /** The spans of a document that is one trace of Jaeger's: they are nothing without the rest of it. */
  readonly #spans: unknown[] = [];
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(contents: DocumentContents) {
    this.#contents = contents;
  }

  push(chunk: Uint8Array): void {
    if (this.#scanner) this.#scanner.push(chunk);
    else if (this.#isDecided) this.#text += this.#decoder.decode(chunk, { stream: true });
    else {
      this.#held.push(chunk.slice());
      this.#heldBytes += chunk.length;
      if (this.#heldBytes >= headBytes) this.#decide();
    }
  }

  /** Ends the document; one that is cut is read as far as it goes. */
  end(isWhole: boolean): void {
    if (!this.#isDecided) this.#decide();
    if (this.#list === 'root') this.#scanner?.push(rootClosing);
    const envelope = this.#scanner?.end().envelope;
    if (!isWhole) this.#contents.onProblem('the file ends early');
    if (this.#list === 'spans') this.#takeTrace(envelope ?? '', isWhole);
    else if (this.#list === undefined && isWhole) {
      this.#take(parse(`${this.#text}${this.#decoder.decode()}`));
    }
  }

  #decide(): void {
    this.#isDecided = true;
    const held = this.#held;
    this.#held = [];
    const decoder = new TextDecoder();
    this.#list = listToStream(held.map((chunk) => decoder.decode(chunk, { stream: true })).join(''));
    if (this.#list) {
      this.#scanner = new JsonArrayScanner(this.#list, (json) => this.#takeElement(parse(elementText(json))));
      if (this.#list === 'root') this.#scanner.push(rootOpening);
    }
    for (const chunk of held) this.push(chunk);
  }

  #takeElement(json: unknown): void {
    if (json === undefined) this.#contents.onProblem('an element is no JSON');
    else if (this.#list === 'data') this.#contents.onJaegerTrace(json);
    else if (this.#list === 'resourceSpans') this.#contents.onResourceSpans(json);
    else if (this.#list === 'spans') this.#spans.push(json);
    else this.#take(json);
  }

  /** What is around the spans of a trace that was cut is mended as far as JSON goes: its process may be lost. */
  #takeTrace(envelope: string, isWhole: boolean): void {
    const trace = asObject(parse(isWhole ? envelope : `${envelope}}`));
    if (trace) this.#contents.onJaegerTrace({ ...trace, spans: this.#spans });
    else this.#contents.onProblem('a trace is no JSON');
  }

  #take(json: unknown): void {
    const document = recogniseDocument(json);
    if (document.kind === 'jaeger') for (const trace of document.traces) this.#contents.onJaegerTrace(trace);
    else if (document.kind === 'otlp') {
      for (const element of document.resourceSpans) this.#contents.onResourceSpans(element);
    } else {
      const isJson = json !== undefined;
      this.#contents.onProblem(isJson ? 'JSON that holds no traces that we know' : 'a document is no JSON');
    }
  }
}

function parse(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
