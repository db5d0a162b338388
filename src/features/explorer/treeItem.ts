import * as vscode from 'vscode';
import type { TraceStore } from '../../core/store/traceStore';
import { cleanText } from '../../core/trace/cleanText';
import {
  attributeRow,
  type Grouping,
  type InferenceState,
  inferenceRow,
  inferenceState,
  type Row,
  spanRow,
  withNote,
} from './model';
import type { TraceLookup } from './traceLookup';
import type { TreeNode } from './treeNode';

/** What is looked up to draw a node. */
export interface TreeItemContext {
  readonly lookup: TraceLookup;
  readonly store: TraceStore;
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

function draw({ subject, parent }: TreeNode, context: TreeItemContext): vscode.TreeItem {
  const { lookup } = context;
  switch (subject.kind) {
    case 'group':
      return groupItem(subject.key, context.grouping);
    case 'inference':
      return inferenceItem(subject.traceId, subject.spanId, context);
    case 'trace': {
      const spans = lookup.trace(subject.traceId)?.spans.length ?? 0;
      const item = new vscode.TreeItem(t('Trace {0}', subject.traceId.slice(0, 8)), Expanded);
      item.description = t('opened by id · {0} spans', spans);
      item.iconPath = new vscode.ThemeIcon('list-tree');
      return item;
    }
    case 'span': {
      const node = lookup.span(subject.traceId, subject.spanId);
      if (!node) return goneItem();
      const item = rowItem(spanRow(node, t, serviceOf(parent, lookup)), Collapsed);
      item.iconPath = new vscode.ThemeIcon(node.span.status === 'error' ? 'error' : 'symbol-event');
      item.contextValue = 'span';
      return item;
    }
    case 'attributes': {
      const count = lookup.span(subject.traceId, subject.spanId)?.span.attributes.size ?? 0;
      // With nothing else below, the attributes are what was looked for.
      const isAlone = lookup.span(subject.traceId, subject.spanId)?.children.length === 0;
      return listItem(t('Attributes'), count, isAlone ? Expanded : Collapsed);
    }
    case 'attribute': {
      const value = lookup.span(subject.traceId, subject.spanId)?.span.attributes.get(subject.key);
      return value === undefined ? goneItem() : rowItem(attributeRow(subject.key, value, t), None);
    }
    case 'events':
      return listItem(
        t('Events'),
        lookup.span(subject.traceId, subject.spanId)?.span.events.length ?? 0,
        Collapsed,
      );
    case 'event': {
      const event = lookup.span(subject.traceId, subject.spanId)?.span.events[subject.index];
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
  return lookup.span(subject.traceId, subject.spanId)?.span.service;
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

function inferenceItem(traceId: string, spanId: string, context: TreeItemContext): vscode.TreeItem {
  const inference = context.store.inferencesOf(traceId).find(({ span }) => span.spanId === spanId);
  if (!inference) return goneItem();
  const state = inferenceState(inference, context.thresholdMs);
  const row = inferenceRow(inference, state, context.nowUs, t);
  const item = rowItem(
    context.lookup.isIncomplete(traceId) ? withNote(row, t('incomplete')) : row,
    Collapsed,
  );
  item.iconPath = stateIcons[state];
  item.contextValue = 'inference';
  item.tooltip = [
    cleanText(inference.span.name, 80),
    cleanText(inference.span.service, 80),
    new Date(inference.endTimeUs / 1000).toLocaleString(),
    inference.prediction === undefined ? '' : t('Prediction: {0}', inference.prediction),
    t('Trace {0}', traceId),
  ]
    .filter((line) => line !== '')
    .join('\n');
  return item;
}

function rowItem(row: Row, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  item.accessibilityInformation = { label: row.ariaLabel };
  item.tooltip = `${row.label}\n${row.description}`;
  return item;
}

function listItem(label: string, count: number, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('list-unordered');
  return item;
}

function goneItem(): vscode.TreeItem {
  return new vscode.TreeItem(t('No longer kept'), None);
}
