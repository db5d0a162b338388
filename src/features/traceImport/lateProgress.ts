import * as vscode from 'vscode';

const patienceMs = 500;

/**
 * Does what may take long, with a way to stop it. Progress is shown when it has not ended soon: a notification that comes and goes at
 * once only startles.
 */
export async function withLateProgress<T>(
  title: string,
  work: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let percent = 0;
  let report: (() => void) | undefined;
  const working = work(abort.signal, (share) => {
    percent = Math.round(100 * share);
    report?.();
  });
  const show = () =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        let told = 0;
        report = () => {
          progress.report({ increment: percent - told, message: `${percent} %` });
          told = percent;
        };
        report();
        // Who asked for the work hears of how it ended.
        await working.catch(() => undefined);
      },
    );
  const timer = setTimeout(show, patienceMs);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
  }
}
