import type { SpanKind } from '../trace/span';
import type { TreeNode } from '../trace/spanTree';
import type { OwnClass, SpanClass } from './spanClass';

/** What a class is told from, beside the tree. */
export interface ClassifiedSpan {
  readonly kind: SpanKind;
  /** What the span alone says of itself. */
  readonly own: OwnClass;
}

/**
 * The class of the own time of each span of a tree. A span that says nothing of itself is part of what it lies in, if that is a storage, a model
 * or a queue (the HTTP request below an S3 call, the server that answers it, what that server does), else the application; a call of something
 * unknown is the network. And where a client has its server right below it, the client's own time is what lies between the two: the network.
 * Each span has one class. Iterative: depth is unlimited.
 */
export function classTree<S extends ClassifiedSpan>(
  roots: readonly TreeNode<S>[],
): ReadonlyMap<S, SpanClass> {
  const classes = new Map<S, SpanClass>();
  const stack: { readonly node: TreeNode<S>; readonly within: SpanClass }[] = [];
  for (const node of roots) stack.push({ node, within: 'application' });
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { node, within } = at;
    const as = classWithin(node.span.own, within);
    classes.set(node.span, isAnswered(node) ? 'network' : as);
    for (const child of node.children) stack.push({ node: child, within: as });
  }
  return classes;
}

function classWithin(own: OwnClass, within: SpanClass): SpanClass {
  if (own !== undefined && own !== 'call') return own;
  if (within === 'storage' || within === 'model' || within === 'queue') return within;
  return own === 'call' ? 'network' : 'application';
}

function isAnswered<S extends ClassifiedSpan>({ span, children }: TreeNode<S>): boolean {
  return span.kind === 'client' && children.some((child) => child.span.kind === 'server');
}
