import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Storage } from '../../platform/storage';
import { removeCommand, writeCommand } from '../../sources/commandLine/commandFile';
import { commandFolders, isOnPath, type Machine } from '../../sources/commandLine/commandFolders';
import { copyProgram, launcherFile, type ProgramCopy } from '../../sources/commandLine/programCopy';
import { type InstalledCommand, readInstalled, writeInstalled } from './installed';

// Entry of a bundle of its own, which is loaded when something is installed, renewed or removed.

const t = vscode.l10n.t;

/** What is installed, and where it is kept that it is. */
export interface CommandLineSetup {
  readonly copy: ProgramCopy;
  readonly globalState: Storage;
}

/** Puts the command into a folder that the user chooses, and says how to try it. */
export async function install({ copy, globalState }: CommandLineSetup, wanted?: string): Promise<void> {
  const machine: Machine = { home: homedir(), env: process.env, isWindows: copy.isWindows };
  const folder = wanted ?? (await askFolder(machine));
  if (folder === undefined) return;
  await copyProgram(copy);
  const path = await writeCommand(folder, launcherFile(copy), copy.isWindows);
  const paths = [...new Set([...(readInstalled(globalState)?.paths ?? []), path])];
  await writeInstalled(globalState, { paths, version: copy.version, runtime: copy.runtime });
  void tell(path, isOnPath(folder, machine), copy.isWindows);
}

/** Removes the commands and the copy. What is not ours stays. */
export async function uninstall({ copy, globalState }: CommandLineSetup): Promise<void> {
  const removed: string[] = [];
  for (const path of readInstalled(globalState)?.paths ?? [])
    if (await removeCommand(path)) removed.push(path);
  await rm(copy.folder, { recursive: true, force: true });
  await writeInstalled(globalState, undefined);
  void vscode.window.showInformationMessage(
    removed.length > 0 ? t('Removed {0}.', removed.join(', ')) : t('The command line is not installed.'),
  );
}

/** Copies the command line of this version for the commands that are there. */
export async function renew(
  { copy, globalState }: CommandLineSetup,
  installed: InstalledCommand,
): Promise<void> {
  await copyProgram(copy);
  const { version, runtime } = copy;
  await writeInstalled(globalState, { ...installed, version, runtime });
}

async function askFolder(machine: Machine): Promise<string | undefined> {
  const folders = (await commandFolders(machine)).map(({ path, isOnPath: isFound }) => ({
    label: path,
    description: isFound ? t('on your PATH') : t('not on your PATH: you are told what to add'),
    path,
  }));
  const other = { label: t('Another folder…'), description: '', path: '' };
  const picked = await vscode.window.showQuickPick([...folders, other], {
    placeHolder: t('Where to put the command “whyspan”'),
  });
  if (picked !== other) return picked?.path;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: t('Put “whyspan” Here'),
    })) ?? [];
  return chosen?.fsPath;
}

async function tell(path: string, isFound: boolean, isWindows: boolean): Promise<void> {
  const tryIt = t('Try It');
  const copyLine = t('Copy Line');
  const line = isWindows ? `setx PATH "%PATH%;${dirname(path)}"` : `export PATH="$PATH:${dirname(path)}"`;
  const where = isWindows ? t('a command prompt') : t('your shell’s profile');
  const action = isFound
    ? await vscode.window.showInformationMessage(
        t('Installed {0}. Try “whyspan --help” in a new terminal.', path),
        tryIt,
      )
    : await vscode.window.showInformationMessage(
        t('Installed {0}, which is not on your PATH: add {1} to {2}.', path, line, where),
        tryIt,
        copyLine,
      );
  if (action === copyLine) await vscode.env.clipboard.writeText(line);
  if (action !== tryIt) return;
  const terminal = vscode.window.createTerminal({ name: 'whyspan' });
  terminal.show();
  terminal.sendText(isWindows ? `& "${path}" --help` : `'${path.replaceAll("'", `'\\''`)}' --help`);
}
