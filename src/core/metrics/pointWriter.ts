import type { DecodeProblem } from '../decode/decodeProblem';
import type { Point } from '../statistics/movingSeries';
import { sampleValue } from './sampleValue';

/** Latest time that is counted exactly in microseconds. */
const latestUs = Number.MAX_SAFE_INTEGER;

/** Collects the points of one series, and what is wrong with them. */
export class PointWriter {
  readonly #points: Point[] = [];
  readonly #problems: DecodeProblem[];

  constructor(problems: DecodeProblem[]) {
    this.#problems = problems;
  }

  add(timeUs: number | undefined, written: unknown): void {
    const value = sampleValue(written);
    const isTime = timeUs !== undefined && timeUs >= 0 && timeUs <= latestUs;
    if (!isTime || value === undefined) {
      const what = isTime ? 'a sample has no value that is a number' : 'a sample has no time';
      if (!this.#problems.some((problem) => problem.what === what)) this.#problems.push({ what, where: '' });
      return;
    }
    if (!Number.isNaN(value)) this.#points.push({ timeUs, value });
  }

  /** Oldest first. */
  get points(): readonly Point[] {
    return this.#points.sort((a, b) => a.timeUs - b.timeUs);
  }
}
