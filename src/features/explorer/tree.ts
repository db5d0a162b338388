import * as vscode from 'vscode';
import type { Inference } from '../../core/trace/inference';
import type { SpanNode } from '../../core/trace/spanTree';
import type { Deps } from '../../platform/deps';
import { readGrouping } from './keptGrouping';
import { type Grouping, groupInferences, groupKey, matchesFilter, noFilter, type TraceFilter } from './model';
import type { TraceLookup } from './traceLookup';
import { treeItem } from './treeItem';
import { type NodeSubject, type TreeNode, TreeNodes } from './treeNode';

const pageSize = 200;

/** The tree of traces: inferences by group, newest first, each with its spans, each of them with its attributes. */
export class TraceTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #deps: Deps;
  readonly #lookup: TraceLookup;
  readonly #nodes = new TreeNodes();
  readonly #onDidChangeTreeData = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#onDidChangeTreeData.event;
  filter: TraceFilter = noFilter;
  grouping: Grouping;

  constructor(deps: Deps, lookup: TraceLookup) {
    this.#deps = deps;
    this.#lookup = lookup;
    this.grouping = readGrouping(deps.workspaceState);
  }

  /** Threshold of what counts as slow, in milliseconds, when the alert watches the latency. */
  get thresholdMs(): number | undefined {
    const { alert, inference } = this.#deps.settings.current;
    return alert.attribute === inference.latencyAttribute ? alert.threshold : undefined;
  }

  /** Nothing is shown, for want of traces or because of the filter. */
  get isEmpty(): boolean {
    return this.#roots().length === 0;
  }

  /** Draws anew what is shown. */
  refresh(): void {
    this.#nodes.prune((traceId) => this.#lookup.trace(traceId) !== undefined);
    this.#onDidChangeTreeData.fire(undefined);
  }

  /** The node of an inference or, for another span of it, of the trace; `undefined` when the filter hides it. */
  nodeOf(traceId: string, spanId: string | undefined): TreeNode | undefined {
    const { store } = this.#deps;
    const candidates = store.inferencesOf(traceId);
    const inference = candidates.find(({ span }) => span.spanId === spanId) ?? candidates[0];
    if (!inference) {
      const isOpened = this.#lookup.openedIds.includes(traceId);
      return isOpened ? this.#nodes.node({ kind: 'trace', traceId }, undefined) : undefined;
    }
    if (!matchesFilter(inference, this.filter, this.thresholdMs)) return undefined;
    return this.#inferenceNode(inference, this.#groupOf(inference));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node, {
      lookup: this.#lookup,
      store: this.#deps.store,
      thresholdMs: this.thresholdMs,
      nowUs: this.#deps.nowMs() * 1000,
      grouping: this.grouping,
    });
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return node?.subject.kind === 'more' ? this.#page(node.parent, node.subject.from) : this.#page(node, 0);
  }

  dispose(): void {
    this.#onDidChangeTreeData.dispose();
  }

  #page(parent: TreeNode | undefined, from: number): TreeNode[] {
    const all = parent ? this.#children(parent) : this.#roots();
    const page = all.slice(from, from + pageSize);
    if (all.length > from + pageSize)
      page.push(this.#nodes.node({ kind: 'more', from: from + pageSize }, parent));
    return page;
  }

  #roots(): TreeNode[] {
    const { openedIds } = this.#lookup;
    const opened = openedIds
      .filter((traceId) => this.#deps.store.inferencesOf(traceId).length === 0)
      .map((traceId) => this.#nodes.node({ kind: 'trace', traceId }, undefined));
    const groups = this.#groups();
    if (this.grouping === 'none') {
      const all = groups[0]?.inferences ?? [];
      return [...opened, ...all.map((inference) => this.#inferenceNode(inference, undefined))];
    }
    return [...opened, ...groups.map(({ key }) => this.#nodes.node({ kind: 'group', key }, undefined))];
  }

  #groups() {
    const shown = this.#deps.store
      .inferences()
      .filter((inference) => matchesFilter(inference, this.filter, this.thresholdMs));
    return groupInferences(shown, this.grouping, this.thresholdMs);
  }

  #groupOf(inference: Inference): TreeNode | undefined {
    if (this.grouping === 'none') return undefined;
    const key = groupKey(inference, this.grouping, this.thresholdMs);
    return this.#nodes.node({ kind: 'group', key }, undefined);
  }

  #inferenceNode({ span }: Inference, group: TreeNode | undefined): TreeNode {
    return this.#nodes.node({ kind: 'inference', traceId: span.traceId, spanId: span.spanId }, group);
  }

  #children(node: TreeNode): TreeNode[] {
    const { subject } = node;
    const make = (child: NodeSubject) => this.#nodes.node(child, node);
    switch (subject.kind) {
      case 'group': {
        const group = this.#groups().find(({ key }) => key === subject.key);
        return (group?.inferences ?? []).map((inference) => this.#inferenceNode(inference, node));
      }
      case 'inference':
      case 'trace': {
        const roots = this.#lookup.roots(subject.traceId);
        const [root] = roots;
        // A level with one row that repeats what stands above it helps nobody.
        const isRoot = subject.kind === 'inference' && root?.span.spanId === subject.spanId;
        return root && roots.length === 1 && isRoot
          ? spanChildren(root, make)
          : roots.map((each) => make(spanSubject(each)));
      }
      case 'span': {
        const span = this.#lookup.span(subject.traceId, subject.spanId);
        return span ? spanChildren(span, make) : [];
      }
      case 'attributes': {
        const { traceId, spanId } = subject;
        const keys = this.#lookup.span(traceId, spanId)?.span.attributes.keys() ?? [];
        return [...keys].sort().map((key) => make({ kind: 'attribute', traceId, spanId, key }));
      }
      case 'events': {
        const { traceId, spanId } = subject;
        const events = this.#lookup.span(traceId, spanId)?.span.events ?? [];
        return events.map((_, index) => make({ kind: 'event', traceId, spanId, index }));
      }
      case 'attribute':
      case 'event':
      case 'more':
        return [];
    }
  }
}

function spanSubject({ span }: SpanNode): NodeSubject {
  return { kind: 'span', traceId: span.traceId, spanId: span.spanId };
}

function spanChildren(node: SpanNode, make: (subject: NodeSubject) => TreeNode): TreeNode[] {
  const { traceId, spanId, attributes, events } = node.span;
  const children = node.children.map((child) => make(spanSubject(child)));
  if (attributes.size > 0) children.push(make({ kind: 'attributes', traceId, spanId }));
  if (events.length > 0) children.push(make({ kind: 'events', traceId, spanId }));
  return children;
}
