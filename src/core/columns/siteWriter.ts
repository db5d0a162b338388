import { codeAttributes } from '../store/spanSite';
import type { AttributeValue } from '../trace/span';
import { keyMask, kindShift, valueKinds } from './attributeValue';
import type { AttributeWriter } from './attributeWriter';
import { GrowingUint32 } from './growingColumn';
import { type SpanBlock, siteFlags } from './spanBlock';
import type { TextInterner } from './textInterner';

const codeKeys = [
  'code.file.path',
  'code.filepath',
  'code.line.number',
  'code.lineno',
  'code.function.name',
  'code.function',
  'code.namespace',
];

/** Collects the places in the code that made the spans of a block. */
export class SiteWriter {
  readonly #texts: TextInterner;
  readonly #firstCodeKey: number;
  readonly #known = new Map<string, number>();
  readonly #columns = {
    service: new GrowingUint32(),
    name: new GrowingUint32(),
    filePath: new GrowingUint32(),
    line: new GrowingUint32(),
    functionName: new GrowingUint32(),
    flags: new GrowingUint32(),
    operation: new GrowingUint32(),
    caller: new GrowingUint32(),
  };

  /** To be made before anything else is interned, so that the code keys lie together. */
  constructor(texts: TextInterner) {
    this.#texts = texts;
    this.#firstCodeKey = texts.count;
    for (const key of codeKeys) texts.intern(key);
  }

  /** The index of the place that made a span, of which the attributes lie in [from, to). */
  site(
    service: number,
    name: number,
    { keys, values }: AttributeWriter,
    [from, to]: readonly [number, number],
  ): number {
    let known = `${service},${name}`;
    const code: [number, number, number][] = [];
    for (let i = from; i < to; i++) {
      const packed = keys.data[i] ?? 0;
      const key = (packed & keyMask) - this.#firstCodeKey;
      if (key < 0 || key >= codeKeys.length) continue;
      const value = values.data[i] ?? 0;
      known += `,${packed},${value}`;
      code.push([key, packed >>> kindShift, value]);
    }
    let site = this.#known.get(known);
    if (site === undefined) {
      site = this.#add(service, name, code);
      this.#known.set(known, site);
    }
    return site;
  }

  /** The index of a place as it is called by another: where the spans of a library were made. `caller` is an index, -1 when unknown. */
  librarySite(site: number, operation: number, caller: number): number {
    const known = `of ${site},${operation},${caller}`;
    let called = this.#known.get(known);
    if (called === undefined) {
      const { service, name, filePath, line, functionName, flags } = this.#columns;
      for (const column of [service, name, filePath, line, functionName]) column.push(column.data[site] ?? 0);
      called = this.#end((flags.data[site] ?? 0) | siteFlags.library, operation, caller + 1);
      this.#known.set(known, called);
    }
    return called;
  }

  take(): SpanBlock['sites'] {
    const { service, name, filePath, line, functionName, flags, operation, caller } = this.#columns;
    return {
      service: service.take(),
      name: name.take(),
      filePath: filePath.take(),
      line: line.take(),
      functionName: functionName.take(),
      flags: flags.take(),
      operation: operation.take(),
      caller: caller.take(),
    };
  }

  #add(service: number, name: number, code: readonly (readonly [number, number, number])[]): number {
    const attributes = new Map<string, AttributeValue>();
    for (const [key, kind, value] of code) {
      if (kind === valueKinds.text) attributes.set(codeKeys[key] ?? '', this.#texts.text(value));
      if (kind === valueKinds.whole) attributes.set(codeKeys[key] ?? '', value);
    }
    const { filePath, line = 0, functionName, hasOldNames } = codeAttributes({ attributes });
    const ref = (text: string | undefined) => (text === undefined ? 0 : this.#texts.intern(text));
    this.#columns.service.push(service);
    this.#columns.name.push(name);
    this.#columns.filePath.push(ref(filePath));
    this.#columns.line.push(line);
    this.#columns.functionName.push(ref(functionName));
    return this.#end(hasOldNames ? siteFlags.oldNames : 0, 0, 0);
  }

  /** Ends a row. */
  #end(flags: number, operation: number, caller: number): number {
    this.#columns.flags.push(flags);
    this.#columns.operation.push(operation);
    this.#columns.caller.push(caller);
    return this.#columns.name.length - 1;
  }
}
