import { cleanText } from '../core/trace/cleanText';
import type { LoadedTraces } from './loadTraces';

/** What could not be read, a line each, the same ones counted; at most `mostLines`. Empty when all could. */
export function problemsText({ problems, moreProblems }: LoadedTraces, mostLines: number): string {
  const counts = new Map<string, number>();
  for (const { what, where } of problems) {
    const line = cleanText(where === '' ? what : `${what}: ${where}`, 160);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
  const left = Math.max(0, lines.length - mostLines) + moreProblems;
  return [...lines.slice(0, mostLines), ...(left > 0 ? [`and ${left} more`] : [])]
    .map((line) => `  ${line}\n`)
    .join('');
}
