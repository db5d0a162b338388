import type { Node, QueryMatch } from 'web-tree-sitter';
import type { Capture, CaptureMatch } from '../../core/mapping/collectCallSites';
import type { SourceLanguage } from '../../core/mapping/languages/language';
import { macroFields } from './macroFields';
import { pickArgument } from './pickArgument';
import { readName } from './readName';

const plainNames = new Set(['function.name', 'function.container', 'container.name', 'constant.name']);
const expressions = new Set(['span.name', 'write.key', 'constant.value']);

/** A query's match as what the mapping sees: names and places, without nodes. A macro that sets fields is a match for each. */
export function readMatch({ captures }: QueryMatch, language: SourceLanguage): readonly CaptureMatch[] {
  const own: Capture[] = [];
  const fields: CaptureMatch[] = [];
  for (const { name, node } of captures) {
    if (name.startsWith('_')) continue;
    if (name === 'fields') {
      for (const { key, node: field } of macroFields(node))
        fields.push([
          captureOf('write', field),
          { ...captureOf('write.key', field), parts: [{ kind: 'text', text: key }] },
        ]);
    } else if (name === 'span.arguments') push(own, 'span.name', pickArgument(node, language.spanName));
    else if (name === 'write.arguments') push(own, 'write.key', pickArgument(node, language.writeKey));
    else push(own, name, node);
  }
  const covered = own.filter(({ name }) => name === 'span.function');
  return [own, ...fields.map((field) => [...field, ...covered])];
}

function push(captures: Capture[], name: string, node: Node | undefined): void {
  if (!node) return;
  const capture = captureOf(name, node);
  captures.push(expressions.has(name) ? { ...capture, parts: readName(node) } : capture);
}

function captureOf(name: string, node: Node): Capture {
  return {
    name,
    text: plainNames.has(name) ? node.text : '',
    line: node.startPosition.row + 1,
    column: node.startPosition.column,
    endLine: node.endPosition.row + 1,
  };
}
