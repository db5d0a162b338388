import * as vscode from 'vscode';
import type { Trace } from '../../core/trace/trace';
import type { TraceFileFormat } from '../../core/traceFile/traceFileDecoder';
import { traceFileBytes } from '../../sources/traceFile/traceFileBytes';
import { writeTraceFile } from '../../sources/traceFile/writeTraceFile';
import type { ChosenTraces } from '../explorer/index';

// Entry of a bundle of its own, which is loaded with the first export.

const t = vscode.l10n.t;

/** What is selected or all that is shown, as the user says where that is not the same; `undefined` when the user thinks better of it. */
export async function askTraces({ selected, shown }: ChosenTraces): Promise<readonly Trace[] | undefined> {
  const [some, all] = [selected(), shown()];
  if (some.length === 0 || (some.length === 1 && all.length === 1)) return all;
  const items = [
    { label: t('Selected traces'), description: String(some.length), traces: some },
    { label: t('All traces that are shown'), description: String(all.length), traces: all },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Which traces to export') });
  return picked?.traces;
}

/** Asks for the format and the file, writes it, and says so. */
export async function exportTraces(traces: readonly Trace[]): Promise<void> {
  if (traces.length === 0) {
    void vscode.window.showInformationMessage(t('There are no traces to export.'));
    return;
  }
  const format = await askFormat(traces.length);
  const target = format && (await askFile(format));
  if (!format || !target) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Writing traces…') },
    () => write(target, traces, format),
  );
  await told(target, traces.length);
}

async function askFormat(count: number): Promise<TraceFileFormat | undefined> {
  const formats: readonly (vscode.QuickPickItem & { readonly format: TraceFileFormat })[] = [
    { label: 'Jaeger JSON', description: t('opens in Jaeger UI'), format: 'jaeger' },
    { label: 'OTLP JSON', description: t('for OpenTelemetry’s tools'), format: 'otlp' },
  ];
  const placeHolder = count === 1 ? t('Export 1 trace as') : t('Export {0} traces as', String(count));
  const picked = await vscode.window.showQuickPick(formats, { placeHolder });
  return picked?.format;
}

function askFile(format: TraceFileFormat): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `traces.${format}.json`;
  return vscode.window.showSaveDialog({
    title: t('Export Traces'),
    saveLabel: t('Export'),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [t('JSON, compressed when its name ends in .gz')]: ['json', 'gz'] },
  });
}

async function write(target: vscode.Uri, traces: readonly Trace[], format: TraceFileFormat): Promise<void> {
  if (target.scheme === 'file') await writeTraceFile(target.fsPath, traces, format);
  else
    await vscode.workspace.fs.writeFile(
      target,
      await traceFileBytes(traces, { format, isGzip: target.path.endsWith('.gz') }),
    );
}

async function told(target: vscode.Uri, count: number): Promise<void> {
  const name = vscode.workspace.asRelativePath(target);
  const isText = !target.path.endsWith('.gz');
  const isHere = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  // The system's own file manager sees only files of the machine that the window is on.
  const isOnDesktop = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  const open = t('Open File');
  const reveal = t('Reveal');
  const actions = [...(isText ? [open] : []), ...(isHere || isOnDesktop ? [reveal] : [])];
  const said =
    count === 1 ? t('Exported 1 trace to {0}.', name) : t('Exported {0} traces to {1}.', count, name);
  const action = await vscode.window.showInformationMessage(said, ...actions);
  if (action === open) await vscode.commands.executeCommand('vscode.open', target);
  if (action === reveal)
    await vscode.commands.executeCommand(isHere ? 'revealInExplorer' : 'revealFileInOS', target);
}
