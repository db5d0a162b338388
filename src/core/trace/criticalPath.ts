import { endTimeUs, type Span } from './span';
import type { TreeNode } from './spanTree';

/** What the critical path needs of a span. */
export type TimedSpan = Pick<Span, 'startTimeUs' | 'durationUs' | 'kind'>;

/** A stretch of time in which a trace waited for one span, in microseconds since the Unix epoch; never empty. */
export interface CriticalSection<S extends TimedSpan = Span> {
  readonly span: S;
  readonly startUs: number;
  readonly endUs: number;
}

/** Why a critical path may not be the whole truth, and how many spans are concerned. */
export interface CriticalPathDoubts {
  /** Their parent has not come: what led to them, and what they held up, is unknown. */
  readonly orphans: number;
  /** Their parents form a circle, which was cut at one span. */
  readonly cycles: number;
  /** They began before their parent, or ended before it began: clocks differ. */
  readonly skewed: number;
  /** They outlived their parent: what ran after its end held nothing up that is seen here. */
  readonly outliving: number;
}

/** The spans that a trace waited for, and for how long. */
export interface CriticalPath<S extends TimedSpan = Span> {
  /** The last section first, root by root, as Jaeger UI gives them. */
  readonly sections: readonly CriticalSection<S>[];
  readonly doubts: CriticalPathDoubts;
}

/**
 * The critical path of a trace by Jaeger UI's algorithm (jaeger-ui, `CriticalPath/index.ts`; after CRISP, Zhang et al., USENIX ATC
 * 2022), section for section, but iterative and in O(n log n): from the end of a root back, each time through the child that finished
 * last before. Children are cut to their parent's time; those outside of it are left out with all below them, and so are consumers
 * below their producer, which does not wait for them. Jaeger UI passes by a child that ended in the very microsecond in which the next one
 * began; `takesTouching` goes through it, since programs are that fast.
 */
export function criticalPath<S extends TimedSpan>(
  roots: readonly TreeNode<S>[],
  { takesTouching = false } = {},
): CriticalPath<S> {
  const doubts = { orphans: 0, cycles: 0, skewed: 0, outliving: 0 };
  const sections: CriticalSection<S>[] = [];
  for (const root of roots) {
    if (root.isOrphan) doubts.orphans++;
    if (root.isInCycle) doubts.cycles++;
    walkBack(new Step(root, root.span.startTimeUs, endTimeUs(root.span), takesTouching), doubts, sections);
  }
  return { sections, doubts };
}

/** Microseconds of each span on a critical path; a span that is not on it is not in it. */
export function criticalTimes<S extends TimedSpan>({ sections }: CriticalPath<S>): ReadonlyMap<S, number> {
  const times = new Map<S, number>();
  for (const { span, startUs, endUs } of sections) times.set(span, (times.get(span) ?? 0) + endUs - startUs);
  return times;
}

type Counts = { -readonly [Key in keyof CriticalPathDoubts]: number };

/** A span on the way back, with its time cut to that of its parent. */
class Step<S extends TimedSpan> {
  readonly #node: TreeNode<S>;
  readonly startUs: number;
  readonly endUs: number;
  /** Where the part of the span that is not yet explained ends. */
  untilUs: number;
  readonly #takesTouching: boolean;
  #children: readonly Step<S>[] | undefined;
  #next = 0;

  constructor(node: TreeNode<S>, startUs: number, endUs: number, takesTouching: boolean) {
    this.#takesTouching = takesTouching;
    this.#node = node;
    this.startUs = startUs;
    this.endUs = this.untilUs = endUs;
  }

  get span(): S {
    return this.#node.span;
  }

  /** The child that finished last before what is explained already, or `undefined`. */
  previousChild(doubts: Counts): Step<S> | undefined {
    if (!this.#children) {
      this.#children = this.#childrenByEnd(doubts);
      return this.#children[this.#next++];
    }
    for (;;) {
      const child = this.#children[this.#next++];
      if (!child || child.endUs < this.untilUs) return child;
      if (this.#takesTouching && child.endUs === this.untilUs) return child;
    }
  }

  #childrenByEnd(doubts: Counts): readonly Step<S>[] {
    const { span, children } = this.#node;
    const steps: Step<S>[] = [];
    for (const child of children) {
      if (span.kind === 'producer' && child.span.kind === 'consumer') continue;
      const start = child.span.startTimeUs;
      const end = endTimeUs(child.span);
      if (start < span.startTimeUs) doubts.skewed++;
      else if (end > endTimeUs(span)) doubts.outliving++;
      const isOutside = start >= this.startUs ? start >= this.endUs : end <= this.startUs;
      if (!isOutside)
        steps.push(
          new Step(child, Math.max(start, this.startUs), Math.min(end, this.endUs), this.#takesTouching),
        );
    }
    // A stable sort: of those that end together, the first begins first.
    return steps.sort((a, b) => b.endUs - a.endUs);
  }
}

function walkBack<S extends TimedSpan>(root: Step<S>, doubts: Counts, sections: CriticalSection<S>[]): void {
  const path = [root];
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const child = step.previousChild(doubts);
    const startUs = child ? child.endUs : step.startUs;
    if (startUs !== step.untilUs) sections.push({ span: step.span, startUs, endUs: step.untilUs });
    if (child) {
      path.push(child);
      continue;
    }
    path.pop();
    const parent = path.at(-1);
    if (parent) parent.untilUs = step.startUs;
  }
}
