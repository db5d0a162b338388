import type { Node } from 'web-tree-sitter';

/** Rows, from 0, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Nodes with fewer rows are looked at as a whole. */
const small = 40;
/** What belongs to what follows it: a query may match both together. */
const leading = /attribute|decorator|comment|annotation/;

/**
 * The rows that have to be looked at again when some have changed: those of the smallest run of neighbours in the tree that holds them,
 * with what leads to them.
 */
export function rowsToRead(root: Node, changed: RowRange): RowRange {
  let node = root;
  for (;;) {
    const children = node.namedChildren.filter((child): child is Node => child !== null);
    const hit = children.filter((child) => overlaps(rowsOf(child), changed));
    const [only] = hit;
    if (only && hit.length === 1 && holds(rowsOf(only), changed) && rowCount(only) > small) {
      node = only;
      continue;
    }
    return around(children, hit, changed);
  }
}

function around(children: readonly Node[], hit: readonly Node[], changed: RowRange): RowRange {
  let { first, last } = changed;
  for (const child of hit) {
    const rows = rowsOf(child);
    first = Math.min(first, rows.first);
    last = Math.max(last, rows.last);
  }
  const before = children.filter((child) => rowsOf(child).last < first);
  for (const child of before.reverse()) {
    if (!leading.test(child.type)) break;
    first = rowsOf(child).first;
  }
  for (const child of children.filter((child) => rowsOf(child).first > last)) {
    last = rowsOf(child).last;
    if (!leading.test(child.type)) break;
  }
  return { first, last };
}

function rowsOf(node: Node): RowRange {
  return { first: node.startPosition.row, last: node.endPosition.row };
}

function rowCount(node: Node): number {
  return node.endPosition.row - node.startPosition.row;
}

function overlaps(a: RowRange, b: RowRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function holds(outer: RowRange, inner: RowRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
