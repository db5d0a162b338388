import * as vscode from 'vscode';
import type { ImportedFile, OpenedTraces } from '../../core/store/openedTraces';
import { cleanText } from '../../core/trace/cleanText';
import { fileRow, problemCount, problemRow, traceRow } from './importedFile';
import { goneItem, listItem, rowItem } from './rowItem';
import type { TraceLookup } from './traceLookup';
import { fileOf, placeOf, type TreeNode } from './treeNode';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
const t = vscode.l10n.t;

/** A file that was imported, or what could not be read of it. */
export function fileItem(node: TreeNode, opened: OpenedTraces): vscode.TreeItem {
  const key = fileOf(node);
  const file = key === undefined ? undefined : opened.file(key);
  if (!file) return goneItem();
  const { subject } = node;
  if (subject.kind === 'problem') {
    const row = problemRow(file, subject.index, t);
    return row ? rowItem(row, None) : goneItem();
  }
  if (subject.kind === 'problems') {
    const item = listItem(t('Problems'), problemCount(file), Collapsed);
    item.tooltip = t('What could not be read, or had to be mended');
    item.accessibilityInformation = { label: `${item.tooltip}: ${problemCount(file)}` };
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    return item;
  }
  const item = rowItem(fileRow(file, t), Expanded);
  item.iconPath = new vscode.ThemeIcon('file-code');
  item.tooltip = cleanText(pathOf(file), 300);
  item.contextValue = 'file';
  return item;
}

/** A trace as such: one that was opened by its id, or one of a file that has no inference. */
export function traceItem(traceId: string, node: TreeNode, lookup: TraceLookup): vscode.TreeItem {
  const trace = lookup.trace(traceId, placeOf(node));
  if (!trace) return goneItem();
  const isOfFile = fileOf(node) !== undefined;
  const item = isOfFile
    ? rowItem(traceRow(trace, t), Collapsed)
    : new vscode.TreeItem(t('Trace {0}', traceId.slice(0, 8)), Expanded);
  if (!isOfFile) item.description = t('opened by id · {0} spans', trace.spans.length);
  item.iconPath = new vscode.ThemeIcon('list-tree');
  item.contextValue = 'trace';
  return item;
}

function pathOf({ key }: ImportedFile): string {
  const uri = vscode.Uri.parse(key);
  return uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
}
