import type { DecodeProblem } from './decodeProblem';

/** How often one thing could not be read, or had to be mended. */
export interface ProblemCount {
  /** A short English phrase, without any value from the trace. */
  readonly what: string;
  readonly count: number;
}

/** Problems by what they are: of a hostile message there may be a hundred thousand, which nobody reads one by one. */
export function countProblems(problems: Iterable<Pick<DecodeProblem, 'what'>>): readonly ProblemCount[] {
  const counts = new Map<string, number>();
  for (const { what } of problems) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => ({ what, count }));
}
