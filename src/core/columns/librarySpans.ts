import type { AttributeValue } from '../trace/span';
import { keyMask, kindShift, valueKinds } from './attributeValue';
import type { AttributeWriter } from './attributeWriter';
import type { TextInterner } from './textInterner';

const scopeKeys = ['otel.scope.name', 'otel.library.name'];
/** What a library did, the most telling first. */
const operationKeys = [
  ...['db.operation.name', 'db.operation', 'rpc.method', 'gen_ai.operation.name', 'messaging.operation.name'],
  ...['messaging.operation', 'http.request.method', 'http.method'],
];

/** Scopes of OpenTelemetry's libraries of instrumentation; not what annotations in the program's own code make. */
const instrumentation =
  /^(?:opentelemetry\.instrumentation\.|openinference\.instrumentation\.|@opentelemetry\/instrumentation|@prisma\/instrumentation|io\.opentelemetry\.(?!.*annotations)|go\.opentelemetry\.io\/contrib\/|OpenTelemetry\.Instrumentation\.)/;

/** Whether the spans of a scope were made by a library that the program calls. */
export function isInstrumentationScope(scope: AttributeValue | undefined): scope is string {
  return typeof scope === 'string' && instrumentation.test(scope);
}

/** What a library's span says that was done. */
export function libraryOperation(attributes: ReadonlyMap<string, AttributeValue>): string | undefined {
  for (const key of operationKeys) {
    const value = attributes.get(key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The scope that a span says it is of. */
export function scopeOf(attributes: ReadonlyMap<string, AttributeValue>): AttributeValue | undefined {
  return attributes.get('otel.scope.name') ?? attributes.get('otel.library.name');
}

/** Tells the spans of libraries among those of a block. */
export class LibrarySpans {
  readonly #texts: TextInterner;
  readonly #scopeKeys: readonly number[];
  readonly #operationKeys: readonly number[];
  readonly #isLibrary = new Map<number, boolean>();

  constructor(texts: TextInterner) {
    this.#texts = texts;
    this.#scopeKeys = scopeKeys.map((key) => texts.intern(key));
    this.#operationKeys = operationKeys.map((key) => texts.intern(key));
  }

  /** The text of what a library did, of a span whose attributes lie in [from, to): 0 when it does not say so, -1 when it is no library's. */
  operation({ keys, values }: AttributeWriter, [from, to]: readonly [number, number]): number {
    let [isLibrary, operation, rank] = [false, 0, operationKeys.length];
    for (let i = from; i < to; i++) {
      const packed = keys.data[i] ?? 0;
      if (packed >>> kindShift !== valueKinds.text) continue;
      const key = packed & keyMask;
      const value = values.data[i] ?? 0;
      if (this.#scopeKeys.includes(key)) isLibrary ||= this.#isInstrumentation(value);
      const at = this.#operationKeys.indexOf(key);
      if (at >= 0 && at < rank) [operation, rank] = [value, at];
    }
    return isLibrary ? operation : -1;
  }

  #isInstrumentation(scope: number): boolean {
    let isLibrary = this.#isLibrary.get(scope);
    if (isLibrary === undefined) {
      isLibrary = isInstrumentationScope(this.#texts.text(scope));
      this.#isLibrary.set(scope, isLibrary);
    }
    return isLibrary;
  }
}
