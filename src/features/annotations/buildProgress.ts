import * as vscode from 'vscode';

/** A build that takes longer can be cancelled: only a notification has a button for that. */
const patienceMs = 5_000;

/** Shows how far a build is: in the status bar, and with a button to cancel it when it takes long. */
export function withBuildProgress(
  outer: vscode.CancellationToken,
  work: (progress: (done: number, of: number) => void, token: vscode.CancellationToken) => Promise<void>,
): Promise<void> {
  const source = new vscode.CancellationTokenSource();
  const stopping = outer.onCancellationRequested(() => source.cancel());
  const title = vscode.l10n.t('Whyspan: reading source files');
  let shown = '';
  const faces = new Set<vscode.Progress<{ message?: string; increment?: number }>>();
  let lastShare = 0;
  const progress = (done: number, of: number) => {
    const share = Math.floor((100 * done) / of);
    if (share === lastShare) return;
    shown = vscode.l10n.t('{0} of {1}', done, of);
    for (const face of faces) face.report({ message: shown, increment: share - lastShare });
    lastShare = share;
  };
  const working = work(progress, source.token).finally(() => {
    clearTimeout(timer);
    stopping.dispose();
    source.dispose();
  });
  void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (face) => {
    faces.add(face);
    return working.catch(() => undefined);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (face, token) => {
      faces.add(face);
      face.report({ message: shown, increment: lastShare });
      token.onCancellationRequested(() => source.cancel());
      return working.catch(() => undefined);
    });
  }, patienceMs);
  return working;
}
