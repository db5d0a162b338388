import * as vscode from 'vscode';
import { isHumanError } from '../core/humanError';
import { withoutLinks } from './withoutLinks';

/** The one place that decides who hears of an error: the user of a HumanError, the log of a bug, nobody of a cancellation. */
export function createReport(log: vscode.LogOutputChannel): (error: unknown, doing: string) => void {
  return (error, doing) => {
    if (isCancelled(error)) return;
    if (isHumanError(error)) {
      log.warn(`Could not ${doing}: ${error.message}`);
      void vscode.window.showWarningMessage(withoutLinks(error.message));
      return;
    }
    log.error(`Bug: could not ${doing}`, error instanceof Error ? error : String(error));
  };
}

function isCancelled(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError ||
    (error instanceof Error && ['AbortError', 'CanceledError', 'Canceled'].includes(error.name))
  );
}
