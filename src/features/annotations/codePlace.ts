import type * as vscode from 'vscode';
import type { LocatedBy } from '../../core/mapping/locatedBy';
import type { Span } from '../../core/trace/span';

/** A place in the workspace that may have made a span. */
export interface CodePlace {
  readonly uri: vscode.Uri;
  /** From 1. */
  readonly line: number;
  /** What the line lies in, for people. */
  readonly functionName: string | undefined;
  readonly by: LocatedBy;
}

/** Finds the places in the workspace that made a span. Several when it cannot be told which. */
export interface CodeLocator {
  find(span: Span, token: vscode.CancellationToken): Promise<readonly CodePlace[]>;
}
