import { formatElapsed, formatNumber } from '../../core/duration';
import type { SiteSample } from '../../core/store/siteSummary';
import { codeAttributes, siteKey } from '../../core/store/spanSite';
import { cleanText } from '../../core/trace/cleanText';
import type { Span } from '../../core/trace/span';
import { buildSpanTree, type SpanNode } from '../../core/trace/spanTree';
import type { Trace } from '../../core/trace/trace';
import type { Translate } from './text';

/** Something in the text that leads somewhere: to the trace, or to the line of a span. */
export interface TextLink {
  /** From 0, as the characters. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly opens: 'trace' | 'line';
  readonly traceId: string;
  readonly spanId: string;
}

/** The traces of a line, to read. */
export interface LineTracesText {
  readonly text: string;
  /** The lines, from 0, on which the traces begin. */
  readonly starts: readonly number[];
  readonly links: readonly TextLink[];
}

/** Most spans of one trace that are written. */
const mostSpans = 60;

/** Writes traces one below the other, each as the tree of its spans, with those of the line marked. */
export function lineTracesText(
  traces: readonly { readonly sample: SiteSample; readonly trace: Trace }[],
  keys: readonly string[],
  t: Translate,
): LineTracesText {
  const lines: string[] = [];
  const starts: number[] = [];
  const links: TextLink[] = [];
  for (const { sample, trace } of traces) {
    if (lines.length > 0) lines.push('');
    starts.push(lines.length);
    const [lead, name] = [headText(sample, t), t('trace {0}', trace.traceId.slice(0, 8))];
    const { traceId, spanId } = sample.span;
    links.push({
      line: lines.length,
      from: lead.length,
      to: lead.length + name.length,
      opens: 'trace',
      traceId,
      spanId,
    });
    lines.push(`${lead}${name}`);
    const rows = flat(buildSpanTree(trace));
    for (const { span, depth } of rows.slice(0, mostSpans)) {
      const indent = '  '.repeat(Math.min(20, depth + 1));
      const label = cleanText(span.name, 80) || t('(no name)');
      const isHere = keys.includes(siteKey(span, codeAttributes(span)));
      links.push({
        line: lines.length,
        from: indent.length,
        to: indent.length + label.length,
        opens: 'line',
        traceId,
        spanId: span.spanId,
      });
      lines.push(`${indent}${label}  ${spanText(span, t)}${isHere ? `  ◀ ${t('this line')}` : ''}`);
    }
    if (rows.length > mostSpans)
      lines.push(`  ${t('… and {0} more spans', String(rows.length - mostSpans))}`);
  }
  return { text: `${lines.join('\n')}\n`, starts, links };
}

function headText({ span, endTimeUs, inference }: SiteSample, t: Translate): string {
  const latencyMs = inference?.storageLatencyMs;
  const time =
    latencyMs === undefined ? formatElapsed(span.durationUs) : t('storage {0} ms', formatNumber(latencyMs));
  const prediction = inference?.prediction ? `  → ${cleanText(inference.prediction, 40)}` : '';
  const error = span.status === 'error' ? `  ${t('error')}` : '';
  const ended = new Date(endTimeUs / 1000).toLocaleTimeString();
  return `${ended}  ${time}${prediction}${error}  ${cleanText(span.service, 40)}  `;
}

function spanText(span: Span, t: Translate): string {
  const time = formatElapsed(span.durationUs);
  return span.status === 'error' ? `${time}  ${t('error')}` : time;
}

/** The spans of a tree from top to bottom. */
function flat(roots: readonly SpanNode[]): { readonly span: Span; readonly depth: number }[] {
  const rows: { span: Span; depth: number }[] = [];
  const stack = roots.toReversed().map((node) => ({ node, depth: 0 }));
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { node, depth } = at;
    rows.push({ span: node.span, depth });
    for (const child of node.children.toReversed()) stack.push({ node: child, depth: depth + 1 });
  }
  return rows;
}
