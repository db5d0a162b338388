import * as vscode from 'vscode';
import type { Span } from '../../core/trace/span';
import { commands, views } from '../../platform/contributions';
import { DisposableStore } from '../../platform/disposableStore';
import { askGrouping } from './ask';
import { registerFilterCommands } from './filterCommands';
import { writeGrouping } from './keptGrouping';
import { openTraceById } from './openTrace';
import type { ExplorerDeps, ExplorerParts } from './parts';
import { reveal } from './reveal';
import type { TraceLookup } from './traceLookup';
import { placeOf, type TreeNode } from './treeNode';

/** What a command of the explorer may be called with: a node of its tree, or the ids of a span. */
export type SpanReference = TreeNode | { readonly traceId: string; readonly spanId?: string | undefined };

/** Registers the explorer's commands. */
export function registerCommands(deps: ExplorerDeps, parts: ExplorerParts): vscode.Disposable {
  const { tree, lookup, redraw, view } = parts;
  const disposables = new DisposableStore();
  const on = (
    id: string,
    doing: string,
    run: (argument: SpanReference | undefined, all?: readonly TreeNode[]) => unknown,
  ) =>
    disposables.add(
      vscode.commands.registerCommand(id, async (argument?: SpanReference, all?: readonly TreeNode[]) => {
        try {
          await run(argument, all);
        } catch (error) {
          deps.report(error, doing);
        }
      }),
    );
  const spanOf = (argument: SpanReference | undefined) => findSpan(argument ?? view.selection[0], lookup);

  on(commands.refresh, 'refresh', () =>
    vscode.window.withProgress({ location: { viewId: views.traces } }, () => deps.source.refresh()),
  );
  on(commands.pause, 'pause', () => deps.source.setPaused(true));
  on(commands.resume, 'resume', () => deps.source.setPaused(false));
  on(commands.clear, 'clear', async () => {
    deps.opened.clear();
    deps.store.clear();
    redraw();
    await deps.kept.clear();
  });
  on(commands.removeFile, 'remove the file', (argument, all) => {
    const nodes = all ?? (argument && 'subject' in argument ? [argument] : view.selection);
    for (const { subject } of nodes) if (subject.kind === 'file') deps.opened.removeFile(subject.file);
  });
  on(commands.group, 'group', async () => {
    tree.grouping = (await askGrouping(tree.grouping)) ?? tree.grouping;
    redraw();
    await writeGrouping(deps.workspaceState, tree.grouping);
  });
  on(commands.goToCode, 'go to the code', async (argument) => {
    const span = spanOf(argument);
    if (span) await deps.openSpan(span);
    else void vscode.window.showInformationMessage(vscode.l10n.t('Select a span in the Whyspan view first.'));
  });
  on(commands.copyTraceId, 'copy the trace id', async (argument) => {
    const span = spanOf(argument);
    if (span) await vscode.env.clipboard.writeText(span.traceId);
  });
  on(commands.openInJaeger, 'open Jaeger', async (argument) => {
    const span = spanOf(argument);
    const { connection } = deps.source;
    if (!span || !connection) return;
    const url = `${connection.uiUrl ?? connection.url}/trace/${span.traceId}?uiFind=${span.spanId}`;
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  });
  on(commands.openTrace, 'open the trace', () => openTraceById(deps, parts));
  on(commands.revealTrace, 'reveal the trace', (argument) => {
    const ids = argument && 'subject' in argument ? undefined : argument;
    return ids ? reveal(ids, deps, parts) : undefined;
  });
  disposables.add(registerFilterCommands(deps, parts));
  return disposables;
}

function findSpan(argument: SpanReference | undefined, lookup: TraceLookup): Span | undefined {
  if (!argument) return undefined;
  const isNode = 'subject' in argument;
  const ids = isNode ? argument.subject : argument;
  if (!('traceId' in ids)) return undefined;
  const where = isNode ? placeOf(argument) : 'all';
  const { traceId } = ids;
  const spanId = 'spanId' in ids ? ids.spanId : undefined;
  const node =
    spanId === undefined ? lookup.roots(traceId, where)[0] : lookup.span({ traceId, spanId }, where);
  return node?.span;
}
