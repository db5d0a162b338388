import type { HeatLine } from './heat';
import type { FileAnnotations } from './model';

/** The lines of a file that something is drawn on, in order, each once. */
export function annotatedLines(
  { functions, writes }: FileAnnotations,
  heat: readonly HeatLine[],
): readonly number[] {
  const lines = [...functions, ...heat].map(({ line }) => line);
  return [...new Set([...lines, ...writes.map(({ startLine }) => startLine)])].sort((a, b) => a - b);
}

/** The line after a line, or before it; after the last comes the first. */
export function lineBeside(
  lines: readonly number[],
  line: number,
  direction: 'next' | 'previous',
): number | undefined {
  return direction === 'next'
    ? (lines.find((each) => each > line) ?? lines[0])
    : (lines.findLast((each) => each < line) ?? lines.at(-1));
}
