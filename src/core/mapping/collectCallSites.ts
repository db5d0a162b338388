import type { AttributeWrite, CallSites, FunctionSite, SpanOpening } from './callSites';
import { type NamePart, resolveName } from './namePart';

/** A node that a parser's query captured. Lines count from 1. */
export interface Capture {
  readonly name: string;
  /** Of a name; empty of what is larger. */
  readonly text: string;
  readonly line: number;
  /** Where in its line it begins, from 0. */
  readonly column: number;
  readonly endLine: number;
  /** Of an expression: the text that it computes. */
  readonly parts?: readonly NamePart[];
}

/** One match of a query: what it captured, in the order of the source. */
export type CaptureMatch = readonly Capture[];

/** What a span is called that is opened without a name: as the function around it, or with the name of its class before that. */
export type UnnamedSpan = 'function' | 'container.function';

/**
 * Call sites of the matches of a language's query. The query captures, each in a match of its own: `function` with `function.name`;
 * `container` with `container.name`; `constant.name` with `constant.value`; `span` with `span.name`, and `span.function` when it covers
 * that function, or `span.unnamed` when it is called as its function is; `write` with `write.key`.
 */
export function collectCallSites(
  matches: readonly CaptureMatch[],
  unnamed: UnnamedSpan = 'function',
): CallSites {
  const found = new MatchedNames(matches);
  const { functions, constants } = found;
  const innermost = innermostByLine(functions);
  const openings = new Map<string, { readonly certainty: number; readonly opening: SpanOpening }>();
  const writes = new Map<string, AttributeWrite>();
  for (const match of matches) {
    const span = captured(match, 'span');
    if (span) {
      const covered = captured(match, 'span.function');
      const inFunction = covered ? functions.find(({ line }) => line === covered.line) : innermost[span.line];
      const parts = captured(match, 'span.name')?.parts;
      const isUnnamed = !parts && captured(match, 'span.unnamed') !== undefined;
      const spanName = isUnnamed
        ? inFunction && [nameOf(inFunction, unnamed)]
        : resolveName(parts ?? [], constants);
      const key = `${span.line} ${span.column}`;
      // One place may match as a call and as a decorator, and with a name and without one: what says more counts.
      const certainty = (covered ? 2 : 0) + (isUnnamed ? 0 : 1);
      if (spanName && certainty >= (openings.get(key)?.certainty ?? 0))
        openings.set(key, { certainty, opening: { spanName, line: span.line, inFunction } });
    }
    const write = captured(match, 'write');
    const key = resolveName(captured(match, 'write.key')?.parts ?? [], constants);
    if (write && key?.length === 1) {
      const covered = captured(match, 'span.function')?.line;
      const inFunction =
        (covered === undefined ? undefined : functions.find(({ line }) => line === covered)) ??
        innermost[write.line];
      const found = { key: key[0] ?? '', line: write.line, endLine: write.endLine, inFunction };
      writes.set(`${found.key} ${write.line} ${write.column}`, found);
    }
  }
  return {
    functions,
    spanOpenings: [...openings.values()].map(({ opening }) => opening).sort((a, b) => a.line - b.line),
    attributeWrites: [...writes.values()].sort((a, b) => a.line - b.line),
  };
}

/** The innermost function around a line. Functions are ordered by their line. */
export function functionAt(functions: readonly FunctionSite[], line: number): FunctionSite | undefined {
  return functions.findLast((candidate) => candidate.line <= line && line <= candidate.endLine);
}

/** The same for each line of a file, at once. */
function innermostByLine(functions: readonly FunctionSite[]): readonly (FunctionSite | undefined)[] {
  const lines: (FunctionSite | undefined)[] = [];
  // An inner one comes after the one around it.
  for (const each of functions) {
    while (lines.length < each.line) lines.push(undefined);
    for (let line = each.line; line <= each.endLine; line++) lines[line] = each;
  }
  return lines;
}

/** The functions and the constants of a file. */
class MatchedNames {
  readonly functions: readonly FunctionSite[];
  readonly constants = new Map<string, readonly NamePart[] | undefined>();

  constructor(matches: readonly CaptureMatch[]) {
    const containers: { readonly name: string; readonly line: number; readonly endLine: number }[] = [];
    for (const match of matches) {
      const container = captured(match, 'container');
      const name = captured(match, 'container.name');
      if (container && name)
        containers.push({ name: name.text, line: container.line, endLine: container.endLine });
      const constant = captured(match, 'constant.name')?.text;
      // A name that is assigned twice is no constant.
      if (constant !== undefined)
        this.constants.set(
          constant,
          this.constants.has(constant) ? undefined : captured(match, 'constant.value')?.parts,
        );
    }
    containers.sort((a, b) => a.line - b.line);
    this.functions = matches
      .flatMap((match) => {
        const node = captured(match, 'function');
        const name = captured(match, 'function.name');
        if (!node || !name) return [];
        const around = containers.findLast(({ line, endLine }) => line <= name.line && name.line <= endLine);
        const container = captured(match, 'function.container')?.text ?? around?.name;
        return [{ name: name.text, container, line: name.line, endLine: node.endLine }];
      })
      .sort((a, b) => a.line - b.line);
  }
}

function captured(match: CaptureMatch, name: string): Capture | undefined {
  return match.find((capture) => capture.name === name);
}

function nameOf({ name, container }: FunctionSite, unnamed: UnnamedSpan): string {
  return unnamed === 'function' || container === undefined ? name : `${container}.${name}`;
}
