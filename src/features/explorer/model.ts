import { formatElapsed } from '../../core/duration';
import { cleanText } from '../../core/trace/cleanText';
import type { Inference } from '../../core/trace/inference';
import { selfTimeUs } from '../../core/trace/selfTime';
import type { AttributeValue } from '../../core/trace/span';
import type { SpanNode } from '../../core/trace/spanTree';
import { latencyText } from '../../platform/latencyText';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** Which inferences are shown. */
export interface TraceFilter {
  /** Part of the service, span name, prediction or trace id, in any case; empty for all. */
  readonly text: string;
  readonly isErrorsOnly: boolean;
  readonly isSlowOnly: boolean;
  /** Only traces of one line of code. */
  readonly line?: LineFilter;
}

/** The traces of a line of code. */
export interface LineFilter {
  /** Which line, for people. */
  readonly label: string;
  /** Whether a trace went through it. */
  has(traceId: string): boolean;
}

/** Shows everything. */
export const noFilter: TraceFilter = { text: '', isErrorsOnly: false, isSlowOnly: false };

/** Whether a filter hides anything. */
export function isFiltering({ text, isErrorsOnly, isSlowOnly, line }: TraceFilter): boolean {
  return text !== '' || isErrorsOnly || isSlowOnly || line !== undefined;
}

/** What inferences may be grouped by. */
export const groupings = ['service', 'prediction', 'state', 'none'] as const;

/** How inferences are grouped. */
export type Grouping = (typeof groupings)[number];

/** How an inference went. `unknown` when it has no latency that can be read. */
export type InferenceState = 'ok' | 'slow' | 'error' | 'unknown';

/** A line of the tree: what is read, what follows it dimmed, and what a screen reader says. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly ariaLabel: string;
}

/** How an inference went, against a threshold in milliseconds. */
export function inferenceState(inference: Inference, thresholdMs: number | undefined): InferenceState {
  if (inference.span.status === 'error') return 'error';
  if (inference.storageLatencyMs === undefined) return 'unknown';
  return thresholdMs !== undefined && inference.storageLatencyMs > thresholdMs ? 'slow' : 'ok';
}

/** Whether an inference passes a filter. */
export function matchesFilter(
  inference: Inference,
  filter: TraceFilter,
  thresholdMs: number | undefined,
): boolean {
  const state = inferenceState(inference, thresholdMs);
  if (filter.isErrorsOnly && state !== 'error') return false;
  const latency = inference.storageLatencyMs ?? Number.NEGATIVE_INFINITY;
  if (filter.isSlowOnly && !(thresholdMs !== undefined && latency > thresholdMs)) return false;
  const { span, prediction } = inference;
  if (filter.line && !filter.line.has(span.traceId)) return false;
  const text = filter.text.toLowerCase();
  return (
    text === '' ||
    [span.service, span.name, prediction ?? '', span.traceId].some((value) =>
      value.toLowerCase().includes(text),
    )
  );
}

/** Inferences in groups, the newest first in each; groups by size, then by name. One group with an empty key for `none`. */
export function groupInferences(
  inferences: readonly Inference[],
  grouping: Grouping,
  thresholdMs: number | undefined,
): readonly { readonly key: string; readonly inferences: readonly Inference[] }[] {
  const groups = new Map<string, Inference[]>();
  for (const inference of inferences.toReversed()) {
    const key = groupKey(inference, grouping, thresholdMs);
    const group = groups.get(key);
    if (group) group.push(inference);
    else groups.set(key, [inference]);
  }
  return [...groups]
    .map(([key, members]) => ({ key, inferences: members }))
    .sort((a, b) => b.inferences.length - a.inferences.length || (a.key < b.key ? -1 : 1));
}

/** The key of the group that an inference belongs to. */
export function groupKey(inference: Inference, grouping: Grouping, thresholdMs: number | undefined): string {
  switch (grouping) {
    case 'service':
      return inference.span.service;
    case 'prediction':
      return inference.prediction ?? '';
    case 'state':
      return inferenceState(inference, thresholdMs);
    case 'none':
      return '';
  }
}

/** The line of an inference: latency and prediction, its state in words and its age. */
export function inferenceRow(inference: Inference, state: InferenceState, nowUs: number, t: Translate): Row {
  const latency =
    inference.storageLatencyMs === undefined
      ? t('no latency')
      : latencyText(inference.storageLatencyMs, inference.isLatencyDerived, t);
  const prediction = inference.prediction === undefined ? '' : cleanText(inference.prediction, 40);
  const label = prediction === '' ? latency : `${latency} → ${prediction}`;
  const words: Record<InferenceState, string> = {
    ok: '',
    slow: t('slow'),
    error: t('error'),
    unknown: inference.hasUnreadableLatency ? t('unreadable latency') : '',
  };
  const age = formatAge(nowUs - inference.endTimeUs, t);
  const description = [words[state], age].filter((part) => part !== '').join(' · ');
  const spoken = [
    inference.storageLatencyMs === undefined ? latency : t('Storage latency {0}', latency),
    prediction === '' ? '' : t('prediction {0}', prediction),
    words[state],
    age,
  ];
  return { label, description, ariaLabel: spoken.filter((part) => part !== '').join(', ') };
}

/** A line with a note behind what it says. */
export function withNote(row: Row, note: string): Row {
  return { ...row, description: `${row.description} · ${note}`, ariaLabel: `${row.ariaLabel}, ${note}` };
}

/**
 * The line of a span: its name, duration and self time, what is odd about its place in the tree, and its service where that is another
 * than the one above it.
 */
export function spanRow(node: SpanNode, t: Translate, serviceAbove?: string): Row {
  const { span } = node;
  const label = cleanText(span.name, 80) || t('(no name)');
  const parts = [formatElapsed(span.durationUs)];
  if (node.children.length > 0) parts.push(t('self {0}', formatElapsed(selfTimeUs(node))));
  if (span.status === 'error') parts.push(t('error'));
  if (node.isOrphan) parts.push(t('parent missing'));
  if (node.isInCycle) parts.push(t('parents form a circle'));
  if (span.service !== serviceAbove) parts.push(cleanText(span.service, 40));
  const description = parts.join(' · ');
  return { label, description, ariaLabel: t('Span {0}, {1}', label, description) };
}

/** The line of an attribute. */
export function attributeRow(key: string, value: AttributeValue, t: Translate): Row {
  const label = cleanText(key, 80);
  const description = cleanText(String(value), 160);
  return { label, description, ariaLabel: t('{0}: {1}', label, description) };
}

/** How long ago something was, in its largest unit. A time ahead (clocks differ) is `now`. */
export function formatAge(ageUs: number, t: Translate): string {
  const seconds = Math.floor(ageUs / 1_000_000);
  if (seconds < 5) return t('now');
  if (seconds < 60) return t('{0} s ago', String(seconds));
  if (seconds < 3600) return t('{0} min ago', String(Math.floor(seconds / 60)));
  if (seconds < 86_400) return t('{0} h ago', String(Math.floor(seconds / 3600)));
  return t('{0} d ago', String(Math.floor(seconds / 86_400)));
}
