import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import type { ChosenTraces, TreeNode } from '../explorer/index';

/** Writes traces into files that Whyspan, Jaeger UI and OpenTelemetry's tools read. */
export function register(deps: Deps & { readonly traces: ChosenTraces }): vscode.Disposable {
  return vscode.commands.registerCommand(
    commands.exportTraces,
    async (node?: TreeNode, all?: readonly TreeNode[]) => {
      try {
        const nodes = all ?? (node ? [node] : undefined);
        // A bundle of its own: who exports nothing does not load it.
        const { askTraces, exportTraces } = await import('./exportTraces');
        const traces = nodes ? deps.traces.selected(nodes) : await askTraces(deps.traces);
        if (traces) await exportTraces(traces);
      } catch (error) {
        deps.report(error, 'export traces');
      }
    },
  );
}
