import type { Span } from './span';
import type { Trace } from './trace';

/** One span's place in its trace. */
export interface SpanNode {
  readonly span: Span;
  readonly children: readonly SpanNode[];
  /** The span names a parent that the trace does not have. */
  readonly isOrphan: boolean;
  /** The span's parents form a circle; it is shown as a root. */
  readonly isInCycle: boolean;
}

interface MutableNode extends SpanNode {
  readonly children: MutableNode[];
  isOrphan: boolean;
  isInCycle: boolean;
}

/** The tree of a trace: its roots, oldest first. Orphans and one span of each circle become roots. Iterative: depth is unlimited. */
export function buildSpanTree(trace: Trace): readonly SpanNode[] {
  const nodes = new Map<string, MutableNode>();
  for (const span of trace.spans) {
    nodes.set(span.spanId, { span, children: [], isOrphan: false, isInCycle: false });
  }
  const roots: MutableNode[] = [];
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

function breakCycles(nodes: ReadonlyMap<string, MutableNode>, roots: MutableNode[]): void {
  const reached = new Set<MutableNode>();
  const reach = (from: MutableNode) => {
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
function oldestOnCycle(node: MutableNode, nodes: ReadonlyMap<string, MutableNode>): MutableNode {
  const seen = new Set<MutableNode>();
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
