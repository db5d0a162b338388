import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

const file = path.join(process.env.WHYSPAN_ARTIFACTS ?? '.', 'life');

/** Which life of the window this is, from 1: a suite runs once in each. What a life is to do is in a file beside the pictures. */
export const life = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 1;

/** Reloads the window, which ends this run of the suite in the middle of a test and begins the next one. */
export async function reloadWindow(): Promise<never> {
  writeFileSync(file, String(life + 1));
  // It is never answered: who would hear the answer is gone.
  void vscode.commands.executeCommand('workbench.action.reloadWindow').then(undefined, () => undefined);
  return new Promise(() => {});
}
