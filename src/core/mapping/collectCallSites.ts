import type { AttributeWrite, CallSites, FunctionSite, SpanOpening } from './callSites';

/** A node that a parser's query captured. Lines count from 1. */
export interface Capture {
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

/** One match of a query: what it captured, in the order of the source. */
export type CaptureMatch = readonly Capture[];

/**
 * Call sites of the matches of a language's query. The query captures, each in a match of its own:
 * `function` with `function.name`; `constant.name` with `constant.value`; `span` with `span.name` (a string) or
 * `span.constant` (a name), and `span.function` when a decorator opens it; `write` with `write.key` or `write.constant`.
 */
export function collectCallSites(matches: readonly CaptureMatch[]): CallSites {
  const get = (match: CaptureMatch, name: string) => match.find((capture) => capture.name === name);
  const functions: FunctionSite[] = [];
  const constants = new Map<string, string | undefined>();
  for (const match of matches) {
    const node = get(match, 'function');
    const name = get(match, 'function.name');
    if (node && name) functions.push({ name: name.text, line: name.line, endLine: node.endLine });
    const constant = get(match, 'constant.name')?.text;
    // A name that is assigned twice is no constant.
    if (constant !== undefined) {
      constants.set(constant, constants.has(constant) ? undefined : get(match, 'constant.value')?.text);
    }
  }
  functions.sort((a, b) => a.line - b.line);
  const textOf = (match: CaptureMatch, literal: string, constant: string) =>
    get(match, literal)?.text ?? constants.get(get(match, constant)?.text ?? '');
  const spanOpenings: SpanOpening[] = [];
  const attributeWrites: AttributeWrite[] = [];
  const decoratorLines = new Set<number>();
  for (const match of matches) {
    const span = get(match, 'span');
    const decorated = get(match, 'span.function');
    const spanName = textOf(match, 'span.name', 'span.constant');
    if (span && decorated && spanName !== undefined) {
      decoratorLines.add(span.line);
      const inFunction = functions.find((candidate) => candidate.line === decorated.line);
      spanOpenings.push({ spanName, line: span.line, inFunction });
    }
  }
  for (const match of matches) {
    const span = get(match, 'span');
    const spanName = textOf(match, 'span.name', 'span.constant');
    if (span && spanName !== undefined && !decoratorLines.has(span.line)) {
      spanOpenings.push({ spanName, line: span.line, inFunction: functionAt(functions, span.line) });
    }
    const write = get(match, 'write');
    const key = textOf(match, 'write.key', 'write.constant');
    if (write && key !== undefined) {
      const inFunction = functionAt(functions, write.line);
      attributeWrites.push({ key, line: write.line, endLine: write.endLine, inFunction });
    }
  }
  spanOpenings.sort((a, b) => a.line - b.line);
  attributeWrites.sort((a, b) => a.line - b.line);
  return { functions, spanOpenings, attributeWrites };
}

/** The innermost function around a line. Functions are ordered by their line. */
export function functionAt(functions: readonly FunctionSite[], line: number): FunctionSite | undefined {
  return functions.findLast((candidate) => candidate.line <= line && line <= candidate.endLine);
}
