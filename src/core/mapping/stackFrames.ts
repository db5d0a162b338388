/** A frame of an exception's stack. */
export interface StackFrame {
  readonly filePath: string;
  /** From 1; `undefined` where the language does not say. */
  readonly line: number | undefined;
  readonly functionName: string | undefined;
}

/** Stacks are long when something recurs without end. */
const mostFrames = 200;
const mostCharacters = 200_000;
const longestLine = 1000;

const python = /^\s*File "([^"]+)", line (\d+)(?:, in (\S+))?/;
/** V8, and Firefox's `name@file:line:column`. */
const v8 =
  /^\s*at (?:async )?(?:(?:new )?(.+?) \()?((?:file:\/\/|[a-z]+:\/\/|[A-Za-z]:[\\/]|[./\\])?[^()\s][^()]*?):(\d+):\d+\)?$/;
/** `at com.example.Store.load(Store.java:12)`, with a module or class loader before it. */
const java = /^\s*at (?:[^\s/()]+\/+)*([\w$.<>]+)\(([\w$-]+\.(?:java|kt|scala|groovy)):(\d+)\)/;
const dotNet = /^\s*at (.+?)(?:\(.*?\))? in (.+):line (\d+)\s*$/;
/** The line after the function's: a tab, the file, the line. */
const goPlace = /^\t(\S.*\.go):(\d+)(?: \+0x[0-9a-f]+)?$/;
const goFunction = /^([\w./*()-]+)\(/;
const rustFunction = /^\s*\d+:\s+(?:0x[0-9a-f]+ - )?(\S.*)$/;
const rustPlace = /^\s+at (\S.*\.rs):(\d+)(?::\d+)?$/;

/** The frames of `exception.stacktrace`, the innermost first, as Python, JavaScript, Java, Go, Rust and .NET write it. */
export function stackFrames(stack: string): readonly StackFrame[] {
  const lines = stack.slice(0, mostCharacters).split(/\r?\n/);
  const frames: StackFrame[] = [];
  let isPython = false;
  let before = '';
  for (const line of lines) {
    isPython ||= line.length <= longestLine && python.test(line);
    const frame = frameOf(line, before);
    if (frame) frames.push(frame);
    if (frames.length >= mostFrames && !isPython) break;
    before = line;
  }
  // Python writes the innermost last, and what an exception was caused by before it.
  return (isPython ? frames.reverse() : frames).slice(0, mostFrames);
}

function frameOf(line: string, before: string): StackFrame | undefined {
  if (line.length > longestLine) return undefined;
  const inPython = python.exec(line);
  if (inPython) return frame(inPython[1], inPython[2], inPython[3]);
  const inJava = java.exec(line);
  if (inJava) return frame(javaPath(inJava[1] ?? '', inJava[2] ?? ''), inJava[3], inJava[1]);
  const inDotNet = dotNet.exec(line);
  if (inDotNet) return frame(inDotNet[2], inDotNet[3], inDotNet[1]);
  const inRust = rustPlace.exec(line);
  if (inRust)
    return frame(inRust[1], inRust[2], rustFunction.exec(before)?.[1]?.replace(/::h[0-9a-f]{16}$/, ''));
  const inGo = goPlace.exec(line);
  if (inGo) return frame(inGo[1], inGo[2], goFunction.exec(before)?.[1]);
  const inV8 = v8.exec(line);
  return inV8 ? frame(inV8[2], inV8[3], inV8[1]) : undefined;
}

function frame(filePath = '', line = '', name = ''): StackFrame | undefined {
  const at = Number(line);
  if (filePath === '' || !Number.isInteger(at)) return undefined;
  const isNamed = name !== '' && !/^<(?:module|anonymous|lambda)>$/.test(name);
  return { filePath, line: at > 0 ? at : undefined, functionName: isNamed ? name : undefined };
}

/** A stack of Java names a file without its folder, which the class's package tells. */
function javaPath(name: string, file: string): string {
  return [...name.split('.').slice(0, -2), file].join('/');
}
