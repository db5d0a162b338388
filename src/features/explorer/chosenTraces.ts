import type { Trace } from '../../core/trace/trace';
import { noFilter } from './model';
import type { LookIn, TraceLookup } from './traceLookup';
import type { TraceTree } from './tree';
import { type NodeSubject, placeOf, type TreeNode } from './treeNode';

/** Traces that the user may mean. */
export interface ChosenTraces {
  /** Those of what is selected in the tree, or of the nodes that a command was called with. */
  selected(nodes?: readonly TreeNode[]): readonly Trace[];
  /** All that the tree shows, on whatever page. */
  shown(): readonly Trace[];
}

/** The whole traces of nodes, each id once: of a group or a file all that are below it. */
export function tracesOfNodes(
  nodes: readonly TreeNode[],
  tree: TraceTree,
  lookup: TraceLookup,
): readonly Trace[] {
  const traces = new Map<string, Trace>();
  const take = (subject: NodeSubject, where: LookIn) => {
    const trace = 'traceId' in subject ? lookup.trace(subject.traceId, where) : undefined;
    if (trace && !traces.has(trace.traceId)) traces.set(trace.traceId, trace);
  };
  for (const node of nodes) {
    const where = placeOf(node);
    const { subject } = node;
    // Of all that a file has, its inferences, of which there may be many more, need not be looked at.
    if (subject.kind === 'file' && tree.filter === noFilter)
      for (const traceId of lookup.traceIdsOf(subject.file)) take({ kind: 'trace', traceId }, where);
    else if (subject.kind === 'file' || subject.kind === 'group')
      for (const below of tree.subjectsBelow(node)) take(below, where);
    else take(subject, where);
  }
  return [...traces.values()];
}
