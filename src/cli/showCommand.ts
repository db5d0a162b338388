import { SpanClassifier } from '../core/classify/spanClassifier';
import { classShares } from '../core/classify/timeSplit';
import { timesOfTrace } from '../core/classify/timesOfTrace';
import { formatElapsed } from '../core/duration';
import { cleanText } from '../core/trace/cleanText';
import { selfTimeUs } from '../core/trace/selfTime';
import type { Span } from '../core/trace/span';
import { buildSpanTree, type SpanNode } from '../core/trace/spanTree';
import type { Trace } from '../core/trace/trace';
import { type CliIo, coloured, safeJson } from './cliIo';
import { type ExitCode, exitCodes } from './exitCode';
import { isoTime } from './listCommand';
import type { LoadedTraces } from './loadTraces';

const longestName = 120;
const longestValue = 500;
const deepestIndent = 40;

/** Writes one trace as a tree: each span with its duration, its self time and its attributes. */
export function showCommand(loaded: LoadedTraces, isJson: boolean, io: CliIo): ExitCode {
  const { traces, problems } = loaded;
  if (isJson) {
    io.out(safeJson({ traces: traces.map(traceJson), problems }));
    return exitCodes.ok;
  }
  for (const trace of traces) {
    const spans = `${trace.spans.length} span${trace.spans.length === 1 ? '' : 's'}`;
    const duration = formatElapsed(trace.endTimeUs - trace.startTimeUs);
    io.out(
      `${coloured(io, 'bold', trace.traceId)}  ${isoTime(trace.startTimeUs)}  ${duration}  ${spans}${split(trace)}\n`,
    );
    for (const { node, depth } of walk(trace)) io.out(spanText(node, depth, io));
  }
  return exitCodes.ok;
}

/** What the trace waited for: `  storage 71 % · model 22 %`. */
function split(trace: Trace): string {
  const shares = classShares(timesOfTrace(trace, new SpanClassifier()).whole);
  if (shares.every(({ as }) => as === 'application')) return '';
  const parts = shares.map(({ as, share }) => `${as} ${Math.round(share * 100)} %`);
  return `  ${parts.join(' · ')}`;
}

function spanText(node: SpanNode, depth: number, io: CliIo): string {
  const { span } = node;
  const indent = '  '.repeat(Math.min(depth, deepestIndent) + 1);
  const name = coloured(io, 'bold', cleanText(span.name, longestName));
  const times = `${formatElapsed(span.durationUs)} (self ${formatElapsed(selfTimeUs(node))})`;
  const service = coloured(io, 'dim', cleanText(span.service, longestName));
  const lines = [`${indent}${name}  ${times}  ${service}${notes(node, io)}`];
  const attribute = (key: string, value: unknown) =>
    lines.push(
      `${indent}    ${coloured(io, 'dim', cleanText(key, longestName))} = ${cleanText(String(value), longestValue)}`,
    );
  for (const [key, value] of span.attributes) attribute(key, value);
  for (const event of span.events) {
    const after = formatElapsed(Math.max(0, event.timeUs - span.startTimeUs));
    lines.push(`${indent}    • ${cleanText(event.name, longestName)} after ${after}`);
    for (const [key, value] of event.attributes) attribute(`  ${key}`, value);
  }
  for (const link of span.links) lines.push(`${indent}    ↗ ${link.traceId}/${link.spanId}`);
  return `${lines.join('\n')}\n`;
}

function notes({ span, isOrphan, isInCycle }: SpanNode, io: CliIo): string {
  const message = span.statusMessage === undefined ? '' : `: ${cleanText(span.statusMessage, longestName)}`;
  const error = span.status === 'error' ? `  ${coloured(io, 'red', `error${message}`)}` : '';
  return `${error}${isOrphan ? '  (its parent is missing)' : ''}${isInCycle ? '  (its parents form a circle)' : ''}`;
}

/** The spans of a trace, parents first. Iterative: depth is unlimited. */
function walk(trace: Trace): readonly { readonly node: SpanNode; readonly depth: number }[] {
  const stack = buildSpanTree(trace)
    .map((node) => ({ node, depth: 0 }))
    .reverse();
  const walked: { node: SpanNode; depth: number }[] = [];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    walked.push(at);
    for (const child of [...at.node.children].reverse()) stack.push({ node: child, depth: at.depth + 1 });
  }
  return walked;
}

function traceJson(trace: Trace): unknown {
  const { traceId, startTimeUs, endTimeUs } = trace;
  const spans = walk(trace).map(({ node, depth }) => ({
    depth,
    selfTimeUs: selfTimeUs(node),
    isOrphan: node.isOrphan,
    ...spanJson(node.span),
  }));
  return {
    traceId,
    startTime: isoTime(startTimeUs),
    startTimeUs,
    durationUs: endTimeUs - startTimeUs,
    timeSplitUs: timesOfTrace(trace, new SpanClassifier()).whole,
    spans,
  };
}

function spanJson(span: Span): object {
  return {
    ...span,
    resource: Object.fromEntries(span.resource),
    attributes: Object.fromEntries(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: Object.fromEntries(event.attributes) })),
  };
}
