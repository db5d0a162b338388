import type { BlockBuilder } from '../columns/blockBuilder';
import { JsonCursor, KeyTable, unusual } from './jsonCursor';
import { SpanState } from './spanState';
import { TagReader } from './tagReader';

const openBrace = 0x7b;
const closeBrace = 0x7d;

const traceKeys = ['traceID', 'spans', 'processes', 'warnings'];
const spanKeys = [
  ...['traceID', 'spanID', 'parentSpanID', 'flags', 'operationName', 'references', 'startTime'],
  ...['duration', 'tags', 'logs', 'processID', 'warnings'],
];
const tables = {
  trace: new KeyTable(traceKeys),
  span: new KeyTable(spanKeys),
  reference: new KeyTable(['refType', 'traceID', 'spanID']),
  log: new KeyTable(['timestamp', 'fields']),
  process: new KeyTable(['serviceName', 'tags']),
};

/**
 * Reads traces as Jaeger's `/api/traces` writes them from their bytes into columns, without making objects or strings. It knows what Jaeger
 * writes and nothing else: of anything else, whether it is JSON or not, it writes nothing, and decodeJaegerTrace must say what it is.
 */
export class JaegerTraceReader {
  readonly #builder: BlockBuilder;
  readonly #cursor: JsonCursor;
  readonly #tags: TagReader;
  readonly #state: SpanState;
  readonly #childOf: number;
  readonly #noService: number;
  readonly #empty: number;
  /** By the reference of a span's id: the number of the trace in which it came last. */
  #seenIn = new Uint32Array(1024);
  #traceNumber = 0;
  #processRefs: number[] = [];

  constructor(builder: BlockBuilder) {
    this.#builder = builder;
    this.#cursor = new JsonCursor(builder.texts);
    this.#tags = new TagReader(this.#cursor);
    this.#state = new SpanState(builder);
    this.#childOf = builder.texts.intern('CHILD_OF');
    this.#noService = builder.texts.intern('missing-service-name');
    this.#empty = builder.texts.intern('');
  }

  /** Writes the trace that the bytes are, and says whether it was one. */
  read(bytes: Uint8Array): boolean {
    this.#cursor.begin(bytes);
    this.#traceNumber++;
    this.#processRefs = [];
    try {
      const traceId = this.#trace();
      this.#cursor.finish();
      this.#builder.trace(traceId);
      return true;
    } catch (error) {
      if (error !== unusual) throw error;
      this.#builder.rollBack();
      return false;
    }
  }

  #trace(): number {
    const cursor = this.#cursor;
    const firstRow = this.#builder.spanCount;
    let traceId = 0;
    let processes: ReadonlyMap<number, number> = new Map();
    cursor.object(tables.trace, (key) => {
      if (key === 0) traceId = cursor.id();
      else if (key === 1) cursor.array(() => this.#span(traceId));
      else if (key === 2) processes = this.#processes();
      else if (!cursor.isNull()) throw unusual;
    });
    if (traceId === 0 || this.#builder.spanCount === firstRow) throw unusual;
    let unknown: number | undefined;
    for (const [i, process] of this.#processRefs.entries()) {
      let resource = processes.get(process);
      if (resource === undefined) {
        unknown ??= this.#builder.resource(this.#noService);
        resource = unknown;
      }
      this.#builder.resourceOf(firstRow + i, resource);
    }
    return traceId;
  }

  #span(traceId: number): void {
    const cursor = this.#cursor;
    if (traceId === 0) throw unusual;
    const row = { id: 0, parent: 0, name: this.#empty, startTimeUs: -1, durationUs: -1 };
    let oldParent = 0;
    let process = 0;
    cursor.object(tables.span, (key) => {
      switch (key) {
        case 0:
          cursor.skipText();
          break;
        case 1:
          row.id = cursor.id();
          break;
        case 2:
          oldParent = cursor.id();
          break;
        case 3:
          cursor.number();
          break;
        case 4:
          row.name = cursor.text();
          break;
        case 5:
          row.parent = this.#references(traceId);
          break;
        case 6:
          row.startTimeUs = this.#timeUs();
          break;
        case 7:
          row.durationUs = this.#timeUs();
          break;
        case 8:
          this.#tags.read(this.#builder.attributes);
          break;
        case 9:
          cursor.array(() => this.#log());
          break;
        case 10:
          process = cursor.text();
          break;
        default:
          cursor.array(() => this.#builder.warning(cursor.text()));
      }
    });
    if (row.id === 0 || row.startTimeUs < 0 || row.durationUs < 0) throw unusual;
    row.parent ||= oldParent;
    this.#once(row.id);
    this.#state.write(this.#builder.span(row));
    this.#processRefs.push(process);
  }

  /** Writes the links, and gives the parent. */
  #references(traceId: number): number {
    const cursor = this.#cursor;
    let parent = 0;
    cursor.array(() => {
      let [type, ofTrace, spanId] = [0, traceId, 0];
      cursor.object(tables.reference, (key) => {
        if (key === 0) type = cursor.text();
        else if (key === 1) ofTrace = cursor.id();
        else spanId = cursor.id();
      });
      if (spanId === 0) throw unusual;
      if (type === this.#childOf && ofTrace === traceId && parent === 0) parent = spanId;
      else this.#builder.link(ofTrace, spanId);
    });
    return parent;
  }

  #log(): void {
    let timeUs = -1;
    this.#cursor.object(tables.log, (key) => {
      if (key === 0) timeUs = this.#timeUs();
      else this.#tags.read(this.#builder.eventAttributes);
    });
    if (timeUs < 0) throw unusual;
    this.#builder.event(this.#state.takeEventName(), timeUs);
  }

  #processes(): ReadonlyMap<number, number> {
    const cursor = this.#cursor;
    const processes = new Map<number, number>();
    cursor.expect(openBrace);
    if (cursor.peek() === closeBrace) {
      cursor.at++;
      return processes;
    }
    do {
      const id = cursor.text();
      cursor.expect(0x3a);
      if (processes.has(id)) throw unusual;
      let service = this.#noService;
      cursor.object(tables.process, (key) => {
        if (key === 1) this.#tags.read(this.#builder.resourceAttributes);
        else service = cursor.text();
      });
      if (service === this.#empty) service = this.#noService;
      processes.set(id, this.#builder.resource(service));
    } while (cursor.next(closeBrace));
    return processes;
  }

  #timeUs(): number {
    const us = this.#cursor.number();
    if (us >= 0 && us <= Number.MAX_SAFE_INTEGER) return us;
    throw unusual;
  }

  /** A span that comes twice in a trace is no business of this reader. */
  #once(spanId: number): void {
    if (spanId >= this.#seenIn.length) {
      const grown = new Uint32Array(2 * spanId);
      grown.set(this.#seenIn);
      this.#seenIn = grown;
    }
    if (this.#seenIn[spanId] === this.#traceNumber) throw unusual;
    this.#seenIn[spanId] = this.#traceNumber;
  }
}
