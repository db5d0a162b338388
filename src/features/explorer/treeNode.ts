import type { LookIn } from './traceLookup';

/** What a node of the tree stands for. Nodes hold no data: what they show is looked up when it is drawn. */
export type NodeSubject =
  | { readonly kind: 'group'; readonly key: string }
  /** An imported file, by its key. */
  | { readonly kind: 'file'; readonly file: string }
  /** What could not be read of the file above. */
  | { readonly kind: 'problems' }
  | { readonly kind: 'problem'; readonly index: number }
  | { readonly kind: 'inference'; readonly traceId: string; readonly spanId: string }
  /** A trace that was opened by its id, or one of a file that has no inference. */
  | { readonly kind: 'trace'; readonly traceId: string }
  | { readonly kind: 'span'; readonly traceId: string; readonly spanId: string }
  | { readonly kind: 'attributes'; readonly traceId: string; readonly spanId: string }
  | { readonly kind: 'attribute'; readonly traceId: string; readonly spanId: string; readonly key: string }
  | { readonly kind: 'events'; readonly traceId: string; readonly spanId: string }
  | { readonly kind: 'event'; readonly traceId: string; readonly spanId: string; readonly index: number }
  /** The children of its parent from an index on. */
  | { readonly kind: 'more'; readonly from: number };

/** A node of the tree and the way up from it. */
export interface TreeNode {
  readonly id: string;
  readonly subject: NodeSubject;
  readonly parent: TreeNode | undefined;
}

/** The key of the imported file that a node is, or lies in. */
export function fileOf(node: TreeNode): string | undefined {
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.subject.kind === 'file') return at.subject.file;
  }
  return undefined;
}

/** Where the trace of a node is looked for: the same trace may be in the store and in files. */
export function placeOf(node: TreeNode): LookIn {
  const file = fileOf(node);
  return file === undefined ? 'all' : { file };
}

/** Makes nodes, the same one for the same place, so that VS Code keeps what is expanded and selected. */
export class TreeNodes {
  readonly #nodes = new Map<string, TreeNode>();

  node(subject: NodeSubject, parent: TreeNode | undefined): TreeNode {
    const id = `${parent?.id ?? ''}/${JSON.stringify(Object.values(subject))}`;
    let node = this.#nodes.get(id);
    if (!node) {
      node = { id, subject, parent };
      this.#nodes.set(id, node);
    }
    return node;
  }

  /** Forgets nodes of what is gone. */
  prune(isKnown: (node: TreeNode) => boolean): void {
    for (const [id, node] of this.#nodes) if (!isKnown(node)) this.#nodes.delete(id);
  }
}
