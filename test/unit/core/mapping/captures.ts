import type { Capture, CaptureMatch } from '../../../../src/core/mapping/collectCallSites';
import type { NamePart } from '../../../../src/core/mapping/namePart';

const capture = (name: string, line: number, more: Partial<Capture> = {}): Capture => ({
  ...{ name, text: '', line, column: 0, endLine: line },
  ...more,
});

type By = { readonly name: string } | { readonly key: string } | { readonly constant: string };

const partsOf = (by: By): readonly NamePart[] =>
  'constant' in by
    ? [{ kind: 'reference', name: by.constant }]
    : [{ kind: 'text', text: 'name' in by ? by.name : by.key }];

/** A function from its line to its end. */
export const functionMatch = (name: string, line: number, endLine: number): CaptureMatch => [
  capture('function', line, { endLine }),
  capture('function.name', line, { text: name }),
];

/** A class, or what else has functions, from its line to its end. */
export const containerMatch = (name: string, line: number, endLine: number): CaptureMatch => [
  capture('container', line, { endLine }),
  capture('container.name', line, { text: name }),
];

/** A constant of a module. */
export const constantMatch = (name: string, value: string): CaptureMatch => [
  capture('constant.name', 1, { text: name }),
  capture('constant.value', 1, { parts: [{ kind: 'text', text: value }] }),
];

/** A call that opens a span by a string, or by a name. */
export const spanMatch = (
  line: number,
  by: { readonly name: string } | { readonly constant: string },
): CaptureMatch => [capture('span', line), capture('span.name', line, { parts: partsOf(by) })];

/** A decorator on one line that opens a span around the function on another. */
export const decoratorMatch = (line: number, name: string, functionLine: number): CaptureMatch => [
  ...spanMatch(line, { name }),
  capture('span.function', functionLine),
];

/** A decorator without a name. */
export const unnamedMatch = (line: number, functionLine: number): CaptureMatch => [
  capture('span', line),
  capture('span.unnamed', line),
  capture('span.function', functionLine),
];

/** A call that sets an attribute by a string, or by a name. */
export const writeMatch = (
  line: number,
  endLine: number,
  by: { readonly key: string } | { readonly constant: string },
): CaptureMatch => [capture('write', line, { endLine }), capture('write.key', line, { parts: partsOf(by) })];
