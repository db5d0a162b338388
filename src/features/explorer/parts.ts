import type * as vscode from 'vscode';
import type { Event } from '../../core/event';
import type { Span } from '../../core/trace/span';
import type { Deps } from '../../platform/deps';
import type { TraceLookup } from './traceLookup';
import type { TraceTree } from './tree';
import type { TreeNode } from './treeNode';

/** What the explorer needs beside the common things. */
export interface ExplorerDeps extends Deps {
  /** Opens a span in the editor: what the code annotations know how to do. */
  readonly openSpan: (span: Span) => Promise<void>;
  /** What happens to files that are dropped onto the tree. */
  readonly drops: vscode.TreeDragAndDropController<unknown>;
  /** How many alerts there are, and word of when they change. */
  readonly alerts: { readonly alertingCount: number; readonly onDidChange: Event<void> };
}

/** The parts of the explorer that its commands work on. */
export interface ExplorerParts {
  readonly view: vscode.TreeView<TreeNode>;
  readonly tree: TraceTree;
  readonly lookup: TraceLookup;
  /** Draws the tree and the line above it anew, soon. */
  readonly redraw: () => void;
}
