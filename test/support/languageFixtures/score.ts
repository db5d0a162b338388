import { type Expectation, placeOf } from './expectations';

/** How well what is drawn is what is expected. */
export interface Score {
  readonly expected: number;
  readonly right: number;
  /** What stands where nothing expects it. */
  readonly wrong: readonly string[];
  readonly missing: readonly string[];
  /** What is known not to be found: it counts as missing. */
  readonly knownMissing: readonly Expectation[];
  /** What is known to stand where it should not: it counts as wrong. */
  readonly knownWrong: readonly Expectation[];
  /** What is known to be missing or wrong, but is not any more. */
  readonly mended: readonly Expectation[];
}

/** Compares what is drawn with what the lines of a fixture expect. */
export function scoreOf(expectations: readonly Expectation[], drawn: ReadonlySet<string>): Score {
  const of = (state: Expectation['state']) => expectations.filter((each) => each.state === state);
  const isDrawn = (each: Expectation) => drawn.has(placeOf(each));
  const [expected, knownMissing, knownWrong] = [of('expect'), of('known missing'), of('known wrong')];
  const foreseen = new Set(expectations.map(placeOf));
  return {
    expected: expected.length + knownMissing.length,
    right: expected.filter(isDrawn).length + knownMissing.filter(isDrawn).length,
    wrong: [...drawn].filter((place) => !foreseen.has(place)).sort(),
    missing: expected.filter((each) => !isDrawn(each)).map(placeOf),
    knownMissing,
    knownWrong: knownWrong.filter(isDrawn),
    mended: [...knownMissing.filter(isDrawn), ...knownWrong.filter((each) => !isDrawn(each))],
  };
}

/** The part of what is drawn that is expected there, 0 to 1. */
export function precisionOf({ right, wrong, knownWrong }: Score): number {
  return right / (right + wrong.length + knownWrong.length);
}

/** The part of what is expected that is drawn, 0 to 1. */
export function recallOf({ right, expected }: Score): number {
  return right / expected;
}

/** Scores of several fixtures together. */
export function sumOf(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0);
  return {
    expected: sum(({ expected }) => expected),
    right: sum(({ right }) => right),
    wrong: scores.flatMap(({ wrong }) => wrong),
    missing: scores.flatMap(({ missing }) => missing),
    knownMissing: scores.flatMap(({ knownMissing }) => knownMissing),
    knownWrong: scores.flatMap(({ knownWrong }) => knownWrong),
    mended: scores.flatMap(({ mended }) => mended),
  };
}
