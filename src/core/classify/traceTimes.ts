import { criticalPath, type TimedSpan } from '../trace/criticalPath';
import { buildSpanTree, type LinkedSpan, type TreeNode } from '../trace/spanTree';
import { type ClassifiedSpan, classTree } from './classTree';
import { type SpanClass, spanClasses } from './spanClass';
import { ownTimes, splitPath, type TimeSplit } from './timeSplit';

/** A span as a split sees it. */
export interface SplitSpan extends TimedSpan, LinkedSpan, ClassifiedSpan {
  /** How long it waited before it was worked on, by its own account, in microseconds; 0 when it says nothing. */
  readonly queuedUs: number;
  /** When it began to wait for what is its first child, in microseconds since the Unix epoch, where it says so. */
  readonly waitsFromUs: number | undefined;
}

type Id = LinkedSpan['spanId'];

/** How often each span may be looked at, on average: inferences that lie in each other without end must not take their square. */
const mostLooks = 64;
const width = spanClasses.length;

/** What the time of a trace, and of each part of it, was spent on. Made once for a trace; the rest is worked out when it is asked for. */
export class TraceTimes<S extends SplitSpan> {
  readonly roots: readonly TreeNode<S>[];
  readonly #classes: ReadonlyMap<S, SpanClass>;
  /** Parents first. */
  readonly #order: readonly TreeNode<S>[];
  /** Of each, the index of what it lies in; −1 of a root. */
  readonly #parents: Int32Array;
  readonly #indexes = new Map<Id, number>();
  readonly #splits = new Map<Id, TimeSplit | undefined>();
  /** By span, by class. */
  #waited: Float64Array | undefined;
  #looksLeft: number;

  constructor(spans: readonly S[]) {
    this.roots = buildSpanTree({ spans });
    this.#classes = classTree(this.roots);
    this.#order = parentsFirst(this.roots);
    this.#parents = new Int32Array(this.#order.length).fill(-1);
    let next = this.roots.length;
    for (const [i, { span, children }] of this.#order.entries()) {
      this.#indexes.set(span.spanId, i);
      this.#parents.fill(i, next, next + children.length);
      next += children.length;
    }
    this.#looksLeft = mostLooks * this.#order.length + 1000;
  }

  /** The class of a span's own time. */
  classOf(span: S): SpanClass {
    return this.#classes.get(span) ?? 'application';
  }

  /** The split of all that the trace waited for. */
  get whole(): TimeSplit {
    return this.#split(this.roots);
  }

  /**
   * The split of what a span and what lies below it took by themselves, whether the trace waited for them or not; `undefined` for one that is not
   * there, or after too many questions.
   */
  splitOf(spanId: Id): TimeSplit | undefined {
    if (this.#splits.has(spanId)) return this.#splits.get(spanId);
    const node = this.#node(spanId);
    const split = node && this.#lookBelow(node) ? this.#split([node]) : undefined;
    this.#splits.set(spanId, split);
    return split;
  }

  /**
   * The split of what the trace waited for at a span and below it: of no time when it waited for others. Cheap for many spans of a trace, since
   * it takes one critical path for all of them.
   */
  waitedFor(spanId: Id): TimeSplit | undefined {
    const index = this.#indexes.get(spanId);
    if (index === undefined) return undefined;
    this.#waited ??= this.#waitedForAll();
    const [storage = 0, model = 0, queue = 0, network = 0, application = 0] = this.#waited.subarray(
      index * width,
    );
    return { storage, model, queue, network, application };
  }

  /** How long a span waited for storage, in microseconds: that of storage spans at or below it; `undefined` when there are none. */
  storageUsOf(spanId: Id): number | undefined {
    const node = this.#node(spanId);
    const spans = node && this.#lookBelow(node);
    if (!spans?.some(({ span }) => this.classOf(span) === 'storage')) return undefined;
    return this.splitOf(spanId)?.storage;
  }

  #node(spanId: Id): TreeNode<S> | undefined {
    return this.#order[this.#indexes.get(spanId) ?? -1];
  }

  #split(roots: readonly TreeNode<S>[]): TimeSplit {
    const { sections } = criticalPath(roots, { takesTouching: true });
    return splitPath(
      sections,
      (span) => this.classOf(span),
      (span) => this.#queuedUs(span),
    );
  }

  #waitedForAll(): Float64Array {
    const own = ownTimes(criticalPath(this.roots, { takesTouching: true }).sections);
    const sums = new Float64Array(this.#order.length * width);
    // Children come after their parents, so that backwards each is complete when it is reached.
    for (let i = this.#order.length - 1; i >= 0; i--) {
      const span = this.#order[i]?.span;
      const timeUs = span && own.get(span);
      if (span && timeUs) {
        const queued = Math.min(timeUs, this.#queuedUs(span));
        add(sums, i, spanClasses.indexOf('queue'), queued);
        add(sums, i, spanClasses.indexOf(this.classOf(span)), timeUs - queued);
      }
      const parent = this.#parents[i] ?? -1;
      if (parent >= 0) for (let c = 0; c < width; c++) add(sums, parent, c, sums[i * width + c] ?? 0);
    }
    return sums;
  }

  #queuedUs({ spanId, queuedUs, waitsFromUs }: S): number {
    if (waitsFromUs === undefined) return queuedUs;
    const children = this.#node(spanId)?.children ?? [];
    if (children.length === 0) return queuedUs;
    const starts = children.map(({ span }) => span.startTimeUs);
    const begunUs = starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY);
    return Math.max(0, begunUs - waitsFromUs);
  }

  /** A span and what lies below it; `undefined` after too many questions. */
  #lookBelow(node: TreeNode<S>): readonly TreeNode<S>[] | undefined {
    if (this.#looksLeft <= 0) return undefined;
    const nodes = parentsFirst([node]);
    this.#looksLeft -= nodes.length;
    return nodes;
  }
}

function parentsFirst<S>(roots: readonly TreeNode<S>[]): readonly TreeNode<S>[] {
  const found: TreeNode<S>[] = [...roots];
  for (let i = 0; i < found.length; i++) for (const child of found[i]?.children ?? []) found.push(child);
  return found;
}

function add(sums: Float64Array, index: number, as: number, timeUs: number): void {
  const place = index * width + as;
  sums[place] = (sums[place] ?? 0) + timeUs;
}
