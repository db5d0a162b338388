import type { TraceStore } from '../../core/store/traceStore';
import { buildSpanTree, type SpanNode } from '../../core/trace/spanTree';
import type { Trace } from '../../core/trace/trace';

const maxOpened = 20;

interface IndexedTree {
  readonly roots: readonly SpanNode[];
  readonly bySpanId: ReadonlyMap<string, SpanNode>;
}

/** Traces that the explorer can show: those in the store, and those that were opened by their id. */
export class TraceLookup {
  readonly #store: TraceStore;
  readonly #opened = new Map<string, Trace>();
  readonly #trees = new WeakMap<Trace, IndexedTree>();

  constructor(store: TraceStore) {
    this.#store = store;
  }

  /** Ids of the traces that were opened, the last one first. */
  get openedIds(): readonly string[] {
    return [...this.#opened.keys()].reverse();
  }

  /** Keeps a trace that was opened; the oldest of more than 20 is let go. */
  open(trace: Trace): void {
    this.#opened.delete(trace.traceId);
    this.#opened.set(trace.traceId, trace);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > maxOpened && oldest !== undefined) this.#opened.delete(oldest);
  }

  clearOpened(): void {
    this.#opened.clear();
  }

  trace(traceId: string): Trace | undefined {
    return this.#store.trace(traceId) ?? this.#opened.get(traceId);
  }

  roots(traceId: string): readonly SpanNode[] {
    return this.#tree(traceId)?.roots ?? [];
  }

  span(traceId: string, spanId: string): SpanNode | undefined {
    return this.#tree(traceId)?.bySpanId.get(spanId);
  }

  /** A span names a parent that has not come, so more of the trace may. */
  isIncomplete(traceId: string): boolean {
    return this.roots(traceId).some(({ isOrphan }) => isOrphan);
  }

  #tree(traceId: string): IndexedTree | undefined {
    const trace = this.trace(traceId);
    if (!trace) return undefined;
    let tree = this.#trees.get(trace);
    if (!tree) {
      const roots = buildSpanTree(trace);
      const bySpanId = new Map<string, SpanNode>();
      const stack = [...roots];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        bySpanId.set(node.span.spanId, node);
        for (const child of node.children) stack.push(child);
      }
      tree = { roots, bySpanId };
      this.#trees.set(trace, tree);
    }
    return tree;
  }
}
