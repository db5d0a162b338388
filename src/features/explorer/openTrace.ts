import * as vscode from 'vscode';
import { isHumanError } from '../../core/humanError';
import type { ExplorerDeps, ExplorerParts } from './parts';
import { reveal } from './reveal';
import { traceIdIn } from './traceIdIn';

/** Asks for a trace id, asks Jaeger for the trace, with progress and a way to stop, and shows it in the tree. */
export async function openTraceById(deps: ExplorerDeps, parts: ExplorerParts): Promise<void> {
  const typed = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Trace ID, or the address of a trace in Jaeger UI'),
    validateInput: (text) =>
      traceIdIn(text) === undefined ? vscode.l10n.t('A trace ID has 1 to 32 hexadecimal digits.') : undefined,
  });
  const traceId = typed === undefined ? undefined : traceIdIn(typed);
  if (traceId === undefined) return;
  try {
    await load(traceId, deps, parts);
  } catch (error) {
    if (!isHumanError(error) || error.kind !== 'not-found') throw error;
    void vscode.window.showInformationMessage(vscode.l10n.t('Jaeger has no trace {0}.', traceId));
    return;
  }
  await reveal({ traceId }, deps, parts);
}

async function load(traceId: string, deps: ExplorerDeps, { tree }: ExplorerParts): Promise<void> {
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Loading trace {0}', traceId.slice(0, 8)),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const client = await deps.source.client();
      const { traces } = await client.trace(traceId, {
        signal: abort.signal,
        onProgress: (bytes) => progress.report({ message: `${(bytes / 1e6).toFixed(1)} MB` }),
      });
      for (const trace of traces) deps.opened.open(trace);
      tree.refresh();
    },
  );
}
