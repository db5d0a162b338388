import * as vscode from 'vscode';
import type { Row } from './model';

/** A line of the tree as VS Code draws it, without an icon. */
export function rowItem(row: Row, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  item.accessibilityInformation = { label: row.ariaLabel };
  item.tooltip = `${row.label}\n${row.description}`;
  return item;
}

/** A line that says how many there are below it. */
export function listItem(
  label: string,
  count: number,
  state: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('list-unordered');
  return item;
}

/** A line for what was there when the tree was last drawn. */
export function goneItem(): vscode.TreeItem {
  return new vscode.TreeItem(vscode.l10n.t('No longer kept'), vscode.TreeItemCollapsibleState.None);
}
