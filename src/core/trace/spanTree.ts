import type { Span } from './span';

/** What a tree needs of a span; ids are whatever is the same for the same span. */
export interface LinkedSpan {
  readonly spanId: string | number;
  readonly parentSpanId: string | number | undefined;
  readonly startTimeUs: number;
}

/** The place of one span, of whatever form, in its trace. */
export interface TreeNode<S> {
  readonly span: S;
  readonly children: readonly TreeNode<S>[];
  /** The span names a parent that the trace does not have. */
  readonly isOrphan: boolean;
  /** The span's parents form a circle; it is shown as a root. */
  readonly isInCycle: boolean;
}

/** One span's place in its trace. */
export type SpanNode = TreeNode<Span>;

interface MutableNode<S> extends TreeNode<S> {
  readonly children: MutableNode<S>[];
  isOrphan: boolean;
  isInCycle: boolean;
}

/** The tree of a trace: its roots, oldest first. Orphans and one span of each circle become roots. Iterative: depth is unlimited. */
export function buildSpanTree<S extends LinkedSpan>({
  spans,
}: {
  readonly spans: readonly S[];
}): readonly TreeNode<S>[] {
  const nodes = new Map<S['spanId'], MutableNode<S>>();
  for (const span of spans) {
    nodes.set(span.spanId, { span, children: [], isOrphan: false, isInCycle: false });
  }
  const roots: MutableNode<S>[] = [];
  for (const node of nodes.values()) {
    const parentId = node.span.parentSpanId;
    const parent = parentId === undefined ? undefined : nodes.get(parentId);
    if (parent !== undefined && parent !== node) {
      parent.children.push(node);
    } else {
      node.isOrphan = parentId !== undefined && parent === undefined;
      node.isInCycle = parent === node;
      roots.push(node);
    }
  }
  breakCycles(nodes, roots);
  return roots;
}

type Nodes<S extends LinkedSpan> = ReadonlyMap<S['spanId'], MutableNode<S>>;

function breakCycles<S extends LinkedSpan>(nodes: Nodes<S>, roots: MutableNode<S>[]): void {
  const reached = new Set<MutableNode<S>>();
  const reach = (from: MutableNode<S>) => {
    const stack = [from];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      for (const child of node.children) stack.push(child);
    }
  };
  for (const root of roots) reach(root);
  const rootsBefore = roots.length;
  for (const node of nodes.values()) {
    if (reached.has(node)) continue;
    const first = oldestOnCycle(node, nodes);
    const parent = nodes.get(first.span.parentSpanId ?? '');
    if (parent) parent.children.splice(parent.children.indexOf(first), 1);
    first.isInCycle = true;
    roots.push(first);
    reach(first);
  }
  if (roots.length > rootsBefore) roots.sort((a, b) => a.span.startTimeUs - b.span.startTimeUs);
}

/** Walks up from `node` until a span repeats; that span is on the circle. */
function oldestOnCycle<S extends LinkedSpan>(node: MutableNode<S>, nodes: Nodes<S>): MutableNode<S> {
  const seen = new Set<MutableNode<S>>();
  let at = node;
  while (!seen.has(at)) {
    seen.add(at);
    at = nodes.get(at.span.parentSpanId ?? '') ?? at;
  }
  let first = at;
  for (let on = nodes.get(at.span.parentSpanId ?? ''); on !== undefined && on !== at; ) {
    if (on.span.startTimeUs < first.span.startTimeUs) first = on;
    on = nodes.get(on.span.parentSpanId ?? '');
  }
  return first;
}
