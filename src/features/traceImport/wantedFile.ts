import { posix } from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { cleanText } from '../../core/trace/cleanText';
import { type FileSource, largestTraceFile } from '../../sources/traceFile/plainBytes';

/** A file that somebody wants to import. */
export interface WantedFile {
  /** As in `ImportedFile`. */
  readonly key: string;
  readonly name: string;
  /** Where its bytes are. Throws when they cannot be had. */
  open(): Promise<FileSource>;
}

/** A file by its address: of the disk, or of whatever file system VS Code has for it. */
export function wantedFile(uri: vscode.Uri): WantedFile {
  const name = posix.basename(uri.path);
  return {
    key: uri.toString(),
    name,
    open: async () =>
      uri.scheme === 'file'
        ? { kind: 'path', path: uri.fsPath }
        : { kind: 'bytes', name, bytes: await bytesOf(uri, name) },
  };
}

/** Such a file system gives all bytes at once, so that its size is asked first. */
async function bytesOf(uri: vscode.Uri, name: string): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size <= largestTraceFile) return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    const message = vscode.l10n.t('“{0}” cannot be read ({1}).', cleanText(name, 80), error.code);
    throw new HumanError('not-found', message, { cause: error });
  }
  const megabytes = Math.round(largestTraceFile / 1024 ** 2);
  throw new HumanError('too-large', vscode.l10n.t('The file holds more than {0} MB.', megabytes));
}
