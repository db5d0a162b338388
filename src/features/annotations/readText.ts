import * as vscode from 'vscode';
import { maxParsedLength } from './documentSites';

/** The text of a file as the user sees it: with unsaved changes. `undefined` when it cannot be read or is too long. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > maxParsedLength ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
