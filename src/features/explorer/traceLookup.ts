import type { OpenedTraces } from '../../core/store/openedTraces';
import type { TraceStore } from '../../core/store/traceStore';
import type { Inference } from '../../core/trace/inference';
import { buildSpanTree, type SpanNode } from '../../core/trace/spanTree';
import type { Trace } from '../../core/trace/trace';

interface IndexedTree {
  readonly roots: readonly SpanNode[];
  readonly bySpanId: ReadonlyMap<string, SpanNode>;
}

/** Where traces are looked for: in one imported file, or wherever they are. */
export type LookIn = { readonly file: string } | 'all';

/** Traces that the explorer can show: those in the store, those that were opened by their id, those of imported files. */
export class TraceLookup {
  readonly #store: TraceStore;
  readonly #opened: OpenedTraces;
  readonly #trees = new WeakMap<Trace, IndexedTree>();

  constructor(store: TraceStore, opened: OpenedTraces) {
    this.#store = store;
    this.#opened = opened;
  }

  /** Of all places, the store comes first: its trace may have grown. */
  trace(traceId: string, where: LookIn): Trace | undefined {
    return this.#storeWith(traceId, where)?.trace(traceId);
  }

  /** The ids of all traces of an imported file, in no order. */
  traceIdsOf(file: string): Iterable<string> {
    return this.#opened.file(file)?.store.traceIds() ?? [];
  }

  roots(traceId: string, where: LookIn): readonly SpanNode[] {
    return this.#tree(traceId, where)?.roots ?? [];
  }

  span({ traceId, spanId }: { traceId: string; spanId: string }, where: LookIn): SpanNode | undefined {
    return this.#tree(traceId, where)?.bySpanId.get(spanId);
  }

  /** The inference that a span is, if it is one. */
  inference({ traceId, spanId }: { traceId: string; spanId: string }, where: LookIn): Inference | undefined {
    const inferences = this.#storeWith(traceId, where)?.inferencesOf(traceId) ?? [];
    return inferences.find(({ span }) => span.spanId === spanId);
  }

  /** A span names a parent that is not there. */
  isIncomplete(traceId: string, where: LookIn): boolean {
    return this.roots(traceId, where).some(({ isOrphan }) => isOrphan);
  }

  #storeWith(traceId: string, where: LookIn): TraceStore | undefined {
    if (where !== 'all') return this.#opened.file(where.file)?.store;
    return this.#store.trace(traceId) ? this.#store : this.#opened.storeOf(traceId);
  }

  #tree(traceId: string, where: LookIn): IndexedTree | undefined {
    const trace = this.trace(traceId, where);
    if (!trace) return undefined;
    let tree = this.#trees.get(trace);
    if (!tree) {
      tree = indexedTree(trace);
      this.#trees.set(trace, tree);
    }
    return tree;
  }
}

function indexedTree(trace: Trace): IndexedTree {
  const roots = buildSpanTree(trace);
  const bySpanId = new Map<string, SpanNode>();
  const stack = [...roots];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    bySpanId.set(node.span.spanId, node);
    for (const child of node.children) stack.push(child);
  }
  return { roots, bySpanId };
}
