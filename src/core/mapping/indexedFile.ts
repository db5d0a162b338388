import type { CallSites, FunctionSite, SpanOpening } from './callSites';

/** What the workspace index keeps of a source file: what another file's spans could be mistaken for. */
export interface IndexedFile {
  /** Identifies it: its URI. */
  readonly key: string;
  readonly path: string;
  readonly functions: readonly FunctionSite[];
  readonly spanOpenings: readonly SpanOpening[];
}

/** The same as plain arrays, which cross threads and are kept on disk. */
export interface PackedSites {
  /** Name, container or 0, first line, last line. */
  readonly functions: readonly (readonly [string, string | 0, number, number])[];
  /** Pieces of the name, line, index of the function or -1. */
  readonly openings: readonly (readonly [readonly string[], number, number])[];
}

/** What the index keeps of call sites. */
export function packSites({
  functions,
  spanOpenings,
}: Pick<CallSites, 'functions' | 'spanOpenings'>): PackedSites {
  const indexes = new Map(functions.map((each, i) => [each, i]));
  return {
    functions: functions.map(({ name, container, line, endLine }) => [name, container ?? 0, line, endLine]),
    openings: spanOpenings.map(({ spanName, line, inFunction }) => [
      spanName,
      line,
      (inFunction && indexes.get(inFunction)) ?? -1,
    ]),
  };
}

/** A file of the index, of what was packed. */
export function unpackSites(key: string, path: string, { functions, openings }: PackedSites): IndexedFile {
  const unpacked = functions.map(([name, container, line, endLine]) => ({
    ...{ name, line, endLine },
    container: container === 0 ? undefined : container,
  }));
  const spanOpenings = openings.map(([spanName, line, at]) => ({ spanName, line, inFunction: unpacked[at] }));
  return { key, path, functions: unpacked, spanOpenings };
}

/** Whether something that was read from disk is what `packSites` gives. */
export function isPackedSites(value: unknown): value is PackedSites {
  if (typeof value !== 'object' || value === null || !('functions' in value) || !('openings' in value))
    return false;
  const { functions, openings } = value;
  return isListOf(functions, isPackedFunction) && isListOf(openings, isPackedOpening);
}

function isPackedFunction(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, container, line, endLine]: readonly unknown[] = value;
  const isContainer = container === 0 || typeof container === 'string';
  return typeof name === 'string' && isContainer && isWhole(line) && isWhole(endLine);
}

function isPackedOpening(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [pieces, line, at]: readonly unknown[] = value;
  const isName = isListOf(pieces, (piece) => typeof piece === 'string') && pieces.length > 0;
  return isName && isWhole(line) && (at === -1 || isWhole(at));
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isItem);
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
