import * as vscode from 'vscode';
import { type WantedFile, wantedFile } from './wantedFile';

/** The files of a drop, each once: from VS Code's own file explorer, or from the system's, whose files may have no address here. */
export async function droppedFiles(transfer: vscode.DataTransfer): Promise<readonly WantedFile[]> {
  const wanted = new Map<string, WantedFile>();
  const add = (file: WantedFile) => wanted.set(file.key, file);
  const list = (await transfer.get('text/uri-list')?.asString()) ?? '';
  for (const line of list.split(/\r?\n/)) {
    // RFC 2483: a line that begins with # is a comment.
    if (line !== '' && !line.startsWith('#')) add(wantedFile(vscode.Uri.parse(line)));
  }
  for (const [, item] of transfer) {
    const file = item.asFile();
    if (file?.uri) add(wantedFile(file.uri));
    else if (file) add(bytesOnly(file));
  }
  return [...wanted.values()];
}

function bytesOnly(file: vscode.DataTransferFile): WantedFile {
  const { name } = file;
  return {
    key: vscode.Uri.from({ scheme: 'dropped', path: `/${name}` }).toString(),
    name,
    open: async () => ({ kind: 'bytes', name, bytes: await file.data() }),
  };
}
