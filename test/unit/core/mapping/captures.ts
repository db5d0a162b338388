import type { Capture, CaptureMatch } from '../../../../src/core/mapping/collectCallSites';

const capture = (name: string, text: string, line: number, endLine = line): Capture => ({
  name,
  text,
  line,
  endLine,
});

/** A function from its line to its end. */
export const functionMatch = (name: string, line: number, endLine: number): CaptureMatch => [
  capture('function', '…', line, endLine),
  capture('function.name', name, line),
];

/** A constant of a module. */
export const constantMatch = (name: string, value: string): CaptureMatch => [
  capture('constant.name', name, 1),
  capture('constant.value', value, 1),
];

/** A call that opens a span by a string, or by a name. */
export const spanMatch = (
  line: number,
  by: { readonly name: string } | { readonly constant: string },
): CaptureMatch => [
  capture('span', '…', line),
  'name' in by ? capture('span.name', by.name, line) : capture('span.constant', by.constant, line),
];

/** A decorator on one line that opens a span around the function on another. */
export const decoratorMatch = (line: number, name: string, functionLine: number): CaptureMatch => [
  ...spanMatch(line, { name }),
  capture('span.function', 'decorated', functionLine),
];

/** A call that sets an attribute by a string, or by a name. */
export const writeMatch = (
  line: number,
  endLine: number,
  by: { readonly key: string } | { readonly constant: string },
): CaptureMatch => [
  capture('write', '…', line, endLine),
  'key' in by ? capture('write.key', by.key, line) : capture('write.constant', by.constant, line),
];
