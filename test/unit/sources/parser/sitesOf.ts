import { fileURLToPath } from 'node:url';
import type { CallSites } from '../../../../src/core/mapping/callSites';
import type { LanguageId } from '../../../../src/core/mapping/languages/languageIds';
import { patternText } from '../../../../src/core/mapping/namePattern';
import { TreeSitterCallSites } from '../../../../src/sources/parser/treeSitter';

/** The real .wasm files, as they lie in node_modules. */
export function wasmFile(name: string): string {
  const folder = name === 'web-tree-sitter.wasm' ? 'web-tree-sitter' : '@vscode/tree-sitter-wasm/wasm';
  return fileURLToPath(new URL(`../../../../node_modules/${folder}/${name}`, import.meta.url));
}

const parser = new TreeSitterCallSites(wasmFile);

/** The call sites of lines of a language. */
export function sitesOf(language: LanguageId, lines: readonly string[]): Promise<CallSites> {
  return parser.find(language, lines.join('\n'));
}

/** The call sites of lines of Python. */
export function pythonSites(...lines: readonly string[]): Promise<CallSites> {
  return sitesOf('python', lines);
}

/** The spans of lines, as `name@line in function`, with `…` for what is not known of a name. */
export async function spansOf(language: LanguageId, lines: readonly string[]): Promise<readonly string[]> {
  const { spanOpenings } = await sitesOf(language, lines);
  return spanOpenings.map(
    ({ spanName, line, inFunction }) => `${patternText(spanName)}@${line} in ${inFunction?.name ?? 'module'}`,
  );
}

/** The spans of lines of Python. */
export function spansIn(...lines: readonly string[]): Promise<readonly string[]> {
  return spansOf('python', lines);
}

/** The attributes that lines write, as `key@first-last in function`. */
export async function writesOf(language: LanguageId, lines: readonly string[]): Promise<readonly string[]> {
  const { attributeWrites } = await sitesOf(language, lines);
  return attributeWrites.map(
    ({ key, line, endLine, inFunction }) => `${key}@${line}-${endLine} in ${inFunction?.name ?? 'module'}`,
  );
}

/** The attributes that lines of Python write. */
export function writesIn(...lines: readonly string[]): Promise<readonly string[]> {
  return writesOf('python', lines);
}
