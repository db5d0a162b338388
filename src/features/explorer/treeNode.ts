/** What a node of the tree stands for. Nodes hold no data: what they show is looked up when it is drawn. */
export type NodeSubject =
  | { readonly kind: 'group'; readonly key: string }
  | { readonly kind: 'inference'; readonly traceId: string; readonly spanId: string }
  /** A trace that was opened by its id. */
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

  /** Forgets nodes of traces that are gone. */
  prune(isKnown: (traceId: string) => boolean): void {
    for (const [id, { subject }] of this.#nodes) {
      if ('traceId' in subject && !isKnown(subject.traceId)) this.#nodes.delete(id);
    }
  }
}
