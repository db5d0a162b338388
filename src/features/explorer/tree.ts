import * as vscode from 'vscode';
import type { Inference } from '../../core/trace/inference';
import type { SpanNode } from '../../core/trace/spanTree';
import type { Deps } from '../../platform/deps';
import { fileSubjects } from './importedFile';
import { InferenceGroups } from './inferenceGroups';
import { readGrouping } from './keptGrouping';
import { type Grouping, groupKey, matchesFilter, noFilter, type TraceFilter } from './model';
import type { TraceLookup } from './traceLookup';
import { treeItem } from './treeItem';
import { type NodeSubject, placeOf, type TreeNode, TreeNodes } from './treeNode';

const pageSize = 200;

/** The tree of traces: imported files, then inferences by group, newest first, each with its spans, each of them with its attributes. */
export class TraceTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #deps: Deps;
  readonly #lookup: TraceLookup;
  readonly #nodes = new TreeNodes();
  readonly #grouped = new InferenceGroups();
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
    const { text, isErrorsOnly, isSlowOnly } = this.filter;
    const isFiltered = text !== '' || isErrorsOnly || isSlowOnly;
    // Asked after each change, which most of the time is one more of many.
    if (!isFiltered && this.#deps.store.stats().inferences > 0) return false;
    return this.#roots().length === 0;
  }

  /** Draws anew what is shown. */
  refresh(): void {
    this.#nodes.prune((node) => this.#isKnown(node));
    this.#onDidChangeTreeData.fire(undefined);
  }

  /** The node of an inference or, for another span of it, of the trace; `undefined` when the filter hides it. */
  nodeOf(traceId: string, spanId: string | undefined): TreeNode | undefined {
    const { store } = this.#deps;
    const candidates = store.inferencesOf(traceId);
    const inference = candidates.find(({ span }) => span.spanId === spanId) ?? candidates[0];
    if (!inference) return this.#openedNode(traceId, spanId);
    if (!matchesFilter(inference, this.filter, this.thresholdMs)) return undefined;
    return this.#nodes.node(inferenceSubject(inference), this.#groupOf(inference));
  }

  /** The node of an imported file. */
  fileNode(file: string): TreeNode {
    return this.#nodes.node({ kind: 'file', file }, undefined);
  }

  /** What is shown below a node, on whatever page. */
  subjectsBelow(node: TreeNode): Iterable<NodeSubject> {
    return this.#children(node);
  }

  /** All that is shown at the top. */
  roots(): readonly TreeNode[] {
    return this.#roots().map((subject) => this.#nodes.node(subject, undefined));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node, {
      lookup: this.#lookup,
      opened: this.#deps.opened,
      thresholdMs: this.thresholdMs,
      nowUs: this.#deps.nowMs() * 1000,
      grouping: this.grouping,
    });
  }

  /** The tooltip of an inference, which takes a look at all of its trace. */
  async resolveTreeItem(item: vscode.TreeItem, { subject, ...node }: TreeNode): Promise<vscode.TreeItem> {
    if (subject.kind !== 'inference') return item;
    const inference = this.#lookup.inference(subject, placeOf({ subject, ...node }));
    if (!inference) return item;
    const { inferenceTooltip } = await import('./inferenceTooltip');
    item.tooltip = inferenceTooltip(inference, vscode.l10n.t);
    return item;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return node?.subject.kind === 'more' ? this.#page(node.parent, node.subject.from) : this.#page(node, 0);
  }

  dispose(): void {
    this.#onDidChangeTreeData.dispose();
  }

  #page(parent: TreeNode | undefined, from: number): TreeNode[] {
    const page: NodeSubject[] = [];
    let index = 0;
    for (const subject of parent ? this.#children(parent) : this.#roots()) {
      if (index === from + pageSize) {
        page.push({ kind: 'more', from: index });
        break;
      }
      if (index++ >= from) page.push(subject);
    }
    return page.map((subject) => this.#nodes.node(subject, parent));
  }

  #roots(): NodeSubject[] {
    const { opened, store } = this.#deps;
    const roots: NodeSubject[] = opened.files.map(({ key }) => ({ kind: 'file', file: key }));
    for (const traceId of opened.openedIds)
      if (store.inferencesOf(traceId).length === 0) roots.push({ kind: 'trace', traceId });
    const groups = this.#groups();
    const isFlat = this.grouping === 'none';
    if (isFlat) for (const inference of groups[0]?.inferences ?? []) roots.push(inferenceSubject(inference));
    else for (const { key } of groups) roots.push({ kind: 'group', key });
    return roots;
  }

  #groups() {
    const { filter, grouping, thresholdMs } = this;
    return this.#grouped.of(this.#deps.store.inferences(), { filter, grouping, thresholdMs });
  }

  #groupOf(inference: Inference): TreeNode | undefined {
    if (this.grouping === 'none') return undefined;
    const key = groupKey(inference, this.grouping, this.thresholdMs);
    return this.#nodes.node({ kind: 'group', key }, undefined);
  }

  /** The node of a trace that the store has no inference of. */
  #openedNode(traceId: string, spanId: string | undefined): TreeNode | undefined {
    const { opened } = this.#deps;
    if (opened.openedIds.includes(traceId)) return this.#nodes.node({ kind: 'trace', traceId }, undefined);
    const file = opened.fileOf(traceId);
    if (!file) return undefined;
    const inferences = file.store.inferencesOf(traceId);
    const inference = inferences.find(({ span }) => span.spanId === spanId) ?? inferences[0];
    const subject: NodeSubject = inference ? inferenceSubject(inference) : { kind: 'trace', traceId };
    if (inference && !matchesFilter(inference, this.filter, this.thresholdMs)) return undefined;
    return this.#nodes.node(subject, this.fileNode(file.key));
  }

  #isKnown(node: TreeNode): boolean {
    const { subject } = node;
    if (subject.kind === 'file') return this.#deps.opened.file(subject.file) !== undefined;
    return !('traceId' in subject) || this.#lookup.trace(subject.traceId, placeOf(node)) !== undefined;
  }

  #children(node: TreeNode): Iterable<NodeSubject> {
    const { subject } = node;
    const where = placeOf(node);
    switch (subject.kind) {
      case 'group': {
        const group = this.#groups().find(({ key }) => key === subject.key);
        return (group?.inferences ?? []).map(inferenceSubject);
      }
      case 'file': {
        const file = this.#deps.opened.file(subject.file);
        return file ? fileSubjects(file, this.filter, this.thresholdMs) : [];
      }
      case 'problems': {
        const file = where === 'all' ? undefined : this.#deps.opened.file(where.file);
        return (file?.problems ?? []).map((_, index) => ({ kind: 'problem', index }));
      }
      case 'inference':
      case 'trace': {
        const roots = this.#lookup.roots(subject.traceId, where);
        const [root] = roots;
        // A level with one row that repeats what stands above it helps nobody.
        const isRoot = subject.kind === 'inference' && root?.span.spanId === subject.spanId;
        return root && roots.length === 1 && isRoot ? spanChildren(root) : roots.map(spanSubject);
      }
      case 'span': {
        const span = this.#lookup.span(subject, where);
        return span ? spanChildren(span) : [];
      }
      case 'attributes': {
        const { traceId, spanId } = subject;
        const keys = this.#lookup.span(subject, where)?.span.attributes.keys() ?? [];
        return [...keys].sort().map((key) => ({ kind: 'attribute', traceId, spanId, key }));
      }
      case 'events': {
        const { traceId, spanId } = subject;
        const events = this.#lookup.span(subject, where)?.span.events ?? [];
        return events.map((_, index) => ({ kind: 'event', traceId, spanId, index }));
      }
      case 'attribute':
      case 'problem':
      case 'event':
      case 'more':
        return [];
    }
  }
}

function inferenceSubject({ span }: Inference): NodeSubject {
  return { kind: 'inference', traceId: span.traceId, spanId: span.spanId };
}

function spanSubject({ span }: SpanNode): NodeSubject {
  return { kind: 'span', traceId: span.traceId, spanId: span.spanId };
}

function spanChildren(node: SpanNode): NodeSubject[] {
  const { traceId, spanId, attributes, events } = node.span;
  const children = node.children.map(spanSubject);
  if (attributes.size > 0) children.push({ kind: 'attributes', traceId, spanId });
  if (events.length > 0) children.push({ kind: 'events', traceId, spanId });
  return children;
}
