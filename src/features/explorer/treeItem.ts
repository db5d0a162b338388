import * as vscode from 'vscode';
import type { OpenedTraces } from '../../core/store/openedTraces';
import { cleanText } from '../../core/trace/cleanText';
import { fileItem, traceItem } from './fileItem';
import {
  attributeRow,
  type Grouping,
  type InferenceState,
  inferenceRow,
  inferenceState,
  spanRow,
  withNote,
} from './model';
import { goneItem, listItem, rowItem } from './rowItem';
import type { TraceLookup } from './traceLookup';
import { placeOf, type TreeNode } from './treeNode';

/** What is looked up to draw a node. */
export interface TreeItemContext {
  readonly lookup: TraceLookup;
  readonly opened: OpenedTraces;
  readonly thresholdMs: number | undefined;
  readonly nowUs: number;
  readonly grouping: Grouping;
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
const t = vscode.l10n.t;

const stateIcons: Record<InferenceState, vscode.ThemeIcon> = {
  ok: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  slow: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  unknown: new vscode.ThemeIcon('circle-outline'),
};

/** The row of a node as VS Code draws it. */
export function treeItem(node: TreeNode, context: TreeItemContext): vscode.TreeItem {
  const item = draw(node, context);
  item.id = node.id;
  return item;
}

function draw(node: TreeNode, context: TreeItemContext): vscode.TreeItem {
  const { subject, parent } = node;
  const { lookup } = context;
  const where = placeOf(node);
  switch (subject.kind) {
    case 'group':
      return groupItem(subject.key, context.grouping);
    case 'inference':
      return inferenceItem(node, subject, context);
    case 'file':
    case 'problems':
    case 'problem':
      return fileItem(node, context.opened);
    case 'trace':
      return traceItem(subject.traceId, node, lookup);
    case 'span': {
      const span = lookup.span(subject, where);
      if (!span) return goneItem();
      const item = rowItem(spanRow(span, t, serviceOf(parent, lookup)), Collapsed);
      item.iconPath = new vscode.ThemeIcon(span.span.status === 'error' ? 'error' : 'symbol-event');
      item.contextValue = 'span';
      return item;
    }
    case 'attributes': {
      const span = lookup.span(subject, where);
      // With nothing else below, the attributes are what was looked for.
      const isAlone = span?.children.length === 0;
      return listItem(t('Attributes'), span?.span.attributes.size ?? 0, isAlone ? Expanded : Collapsed);
    }
    case 'attribute': {
      const value = lookup.span(subject, where)?.span.attributes.get(subject.key);
      return value === undefined ? goneItem() : rowItem(attributeRow(subject.key, value, t), None);
    }
    case 'events':
      return listItem(t('Events'), lookup.span(subject, where)?.span.events.length ?? 0, Collapsed);
    case 'event': {
      const event = lookup.span(subject, where)?.span.events[subject.index];
      if (!event) return goneItem();
      const text = [...event.attributes]
        .map(([key, value]) => `${key}=${cleanText(String(value), 80)}`)
        .join(' ');
      return rowItem(attributeRow(event.name || t('(no name)'), text, t), None);
    }
    case 'more':
      return new vscode.TreeItem(t('Older than the {0} above', subject.from), parent ? Collapsed : None);
  }
}

function serviceOf(node: TreeNode | undefined, lookup: TraceLookup): string | undefined {
  const subject = node?.subject;
  if (subject?.kind !== 'span' && subject?.kind !== 'inference') return undefined;
  return node && lookup.span(subject, placeOf(node))?.span.service;
}

function groupItem(key: string, grouping: Grouping): vscode.TreeItem {
  const states: Record<string, string> = {
    ok: t('OK'),
    slow: t('Slow'),
    error: t('Error'),
    unknown: t('No latency'),
  };
  const label = grouping === 'state' ? states[key] : cleanText(key, 60);
  const item = new vscode.TreeItem(label || t('(no prediction)'), Expanded);
  const icons = {
    service: 'server-process',
    prediction: 'symbol-enum-member',
    state: 'symbol-enum',
    none: 'list-flat',
  };
  item.iconPath = new vscode.ThemeIcon(icons[grouping]);
  item.contextValue = 'group';
  return item;
}

function inferenceItem(
  node: TreeNode,
  ids: { readonly traceId: string; readonly spanId: string },
  context: TreeItemContext,
): vscode.TreeItem {
  const where = placeOf(node);
  const { traceId } = ids;
  const inference = context.lookup.inference(ids, where);
  if (!inference) return goneItem();
  const state = inferenceState(inference, context.thresholdMs);
  const row = inferenceRow(inference, state, context.nowUs, t);
  const item = rowItem(
    context.lookup.isIncomplete(traceId, where) ? withNote(row, t('incomplete')) : row,
    Collapsed,
  );
  item.iconPath = stateIcons[state];
  item.contextValue = 'inference';
  // Worked out when the pointer rests on it.
  item.tooltip = undefined;
  return item;
}
