import { fileURLToPath } from 'node:url';
import type { CallSites } from '../../../../src/core/mapping/callSites';
import { TreeSitterCallSites } from '../../../../src/sources/parser/treeSitter';

/** The real .wasm files, as they lie in node_modules. */
export function wasmFile(name: string): string {
  const folder = name === 'web-tree-sitter.wasm' ? 'web-tree-sitter' : '@vscode/tree-sitter-wasm/wasm';
  return fileURLToPath(new URL(`../../../../node_modules/${folder}/${name}`, import.meta.url));
}

const parser = new TreeSitterCallSites(wasmFile);

/** The call sites of lines of Python. */
export function pythonSites(...lines: readonly string[]): Promise<CallSites> {
  return parser.find('python', lines.join('\n'));
}

/** The spans of lines of Python, as `name@line in function`. */
export async function spansIn(...lines: readonly string[]): Promise<readonly string[]> {
  const { spanOpenings } = await pythonSites(...lines);
  return spanOpenings.map(
    ({ spanName, line, inFunction }) => `${spanName}@${line} in ${inFunction?.name ?? 'module'}`,
  );
}

/** The attributes that lines of Python write, as `key@first-last in function`. */
export async function writesIn(...lines: readonly string[]): Promise<readonly string[]> {
  const { attributeWrites } = await pythonSites(...lines);
  return attributeWrites.map(
    ({ key, line, endLine, inFunction }) => `${key}@${line}-${endLine} in ${inFunction?.name ?? 'module'}`,
  );
}
