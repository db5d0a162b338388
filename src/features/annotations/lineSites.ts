import type { FileAnnotations, FunctionAnnotation } from './model';

/** The places in the code that a line stands for. */
export interface LineSites {
  /** Where they are, from 1. */
  readonly line: number;
  /** The function's name in the source, if it is known. */
  readonly name: string | undefined;
  /** Keys of the sites. */
  readonly keys: readonly string[];
  /** As in FunctionAnnotation. */
  readonly fileName: string | undefined;
}

/**
 * What a line stands for: the spans that are opened there; where a latency or prediction is set, the inferences; else all spans of the
 * function around it. `undefined` where nothing is known.
 */
export function sitesAt(annotations: FileAnnotations, line: number): LineSites | undefined {
  const { functions, writes } = annotations;
  const write = writes.find((each) => each.startLine <= line && line <= each.line);
  if (write) return sitesOf(functions.find((each) => each.line === write.functionLine));
  for (const each of functions) {
    const located = each.located.filter((place) => place.line === line);
    if (line !== each.line && located.length > 0)
      return { line, name: each.name, keys: located.map(({ site }) => site.key), fileName: each.fileName };
  }
  const around = functions.filter((each) => each.line <= line && line <= each.endLine);
  // The one that begins last is the innermost.
  return sitesOf(around.sort((a, b) => b.line - a.line)[0]);
}

function sitesOf(annotation: FunctionAnnotation | undefined): LineSites | undefined {
  if (!annotation) return undefined;
  const { line, name, located, fileName } = annotation;
  return { line, name, keys: located.map(({ site }) => site.key), fileName };
}
