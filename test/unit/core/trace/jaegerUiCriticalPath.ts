import type { SpanNode } from '../../../../src/core/trace/spanTree';

interface CutSpan {
  readonly node: SpanNode;
  readonly parent: CutSpan | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: CutSpan[];
}

/** `[spanId, start, end]` of each section: Jaeger UI's algorithm as its source describes it, recursive and quadratic. */
export function jaegerUiCriticalPath(root: SpanNode): [string, number, number][] {
  const sections: [string, number, number][] = [];
  const walk = (at: CutSpan, returning: number | undefined): void => {
    let last: CutSpan | undefined;
    for (const child of at.children) {
      const isBefore = returning === undefined || child.end < returning;
      if (isBefore && child.end > (last?.end ?? -1)) last = child;
    }
    const from = last ? last.end : at.start;
    const to = returning ?? at.end;
    if (from !== to) sections.push([at.node.span.spanId, from, to]);
    if (last) walk(last, undefined);
    else if (at.parent) walk(at.parent, at.start);
  };
  walk(cut(root, undefined), undefined);
  return sections;
}

/** The tree without what does not block and what lies outside of its parent, the rest cut to its parent's time. */
function cut(node: SpanNode, parent: CutSpan | undefined): CutSpan {
  const start = node.span.startTimeUs;
  const end = start + node.span.durationUs;
  const own: CutSpan = {
    node,
    parent,
    start: parent ? Math.max(start, parent.start) : start,
    end: parent ? Math.min(end, parent.end) : end,
    children: [],
  };
  for (const child of node.children) {
    if (node.span.kind === 'producer' && child.span.kind === 'consumer') continue;
    const from = child.span.startTimeUs;
    const to = from + child.span.durationUs;
    if (from >= own.start ? from >= own.end : to <= own.start) continue;
    own.children.push(cut(child, own));
  }
  return own;
}
