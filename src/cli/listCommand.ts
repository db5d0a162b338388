import { formatElapsed } from '../core/duration';
import { cleanText } from '../core/trace/cleanText';
import { findInferences } from '../core/trace/findInferences';
import type { Inference, InferenceDefinition } from '../core/trace/inference';
import { buildSpanTree } from '../core/trace/spanTree';
import type { Trace } from '../core/trace/trace';
import { type CliIo, coloured, safeJson } from './cliIo';
import { type ExitCode, exitCodes } from './exitCode';
import type { LoadedTraces } from './loadTraces';
import { tableText } from './tableText';

const longestCell = 60;

/** How traces are listed. */
export interface ListOptions {
  readonly isJson: boolean;
  readonly showsInferences: boolean;
  readonly definition: InferenceDefinition;
}

/** Writes the traces of what was loaded, or their inferences, a line each. */
export function listCommand({ traces, problems }: LoadedTraces, options: ListOptions, io: CliIo): ExitCode {
  const { isJson, showsInferences, definition } = options;
  const inferences = showsInferences ? traces.flatMap((trace) => findInferences(trace, definition)) : [];
  if (isJson && showsInferences) io.out(safeJson({ inferences: inferences.map(inferenceJson), problems }));
  else if (isJson)
    io.out(safeJson({ traces: traces.map((trace) => traceJson(trace, definition)), problems }));
  else if (showsInferences) io.out(inferenceTable(inferences, io));
  else io.out(traceTable(traces, io));
  const count = showsInferences ? inferences.length : traces.length;
  if (count > 0) return exitCodes.ok;
  io.err(showsInferences ? 'There are no inferences.\n' : 'There are no traces.\n');
  return exitCodes.nothingFound;
}

function traceTable(traces: readonly Trace[], io: CliIo): string {
  const rows = traces.map((trace) => {
    const { startTime, durationUs, spanCount, rootName, services } = traceFacts(trace);
    const spans = `${spanCount} span${spanCount === 1 ? '' : 's'}`;
    const name = cleanText(rootName, longestCell);
    return [
      trace.traceId,
      startTime,
      formatElapsed(durationUs),
      spans,
      name,
      cleanText(services.join(', '), longestCell),
    ];
  });
  return tableText(rows, (cell, column) => (column < 2 ? coloured(io, 'dim', cell) : cell));
}

function inferenceTable(inferences: readonly Inference[], io: CliIo): string {
  const rows = inferences.map((inference) => {
    const { storageLatencyMs, span, prediction } = inference;
    const elapsed = storageLatencyMs === undefined ? 'no latency' : formatElapsed(storageLatencyMs * 1000);
    const latency = inference.isLatencyDerived ? `${elapsed} (derived)` : elapsed;
    const label = prediction === undefined ? '' : `→ ${cleanText(prediction, longestCell)}`;
    return [
      span.traceId,
      isoTime(span.startTimeUs),
      `storage ${latency}`,
      label,
      cleanText(span.service, longestCell),
    ];
  });
  return tableText(rows, (cell, column) => (column < 2 ? coloured(io, 'dim', cell) : cell));
}

function traceJson(trace: Trace, definition: InferenceDefinition) {
  return { ...traceFacts(trace), inferenceCount: findInferences(trace, definition).length };
}

function traceFacts(trace: Trace) {
  return {
    traceId: trace.traceId,
    startTime: isoTime(trace.startTimeUs),
    startTimeUs: trace.startTimeUs,
    durationUs: trace.endTimeUs - trace.startTimeUs,
    spanCount: trace.spans.length,
    errorCount: trace.spans.filter((span) => span.status === 'error').length,
    rootName: buildSpanTree(trace)[0]?.span.name ?? '',
    services: [...new Set(trace.spans.map((span) => span.service))],
  };
}

function inferenceJson({ span, storageLatencyMs, isLatencyDerived, prediction, timeSplit }: Inference) {
  const { traceId, spanId, service, startTimeUs, durationUs, status } = span;
  const startTime = isoTime(startTimeUs);
  return {
    traceId,
    spanId,
    service,
    startTime,
    startTimeUs,
    durationUs,
    status,
    storageLatencyMs,
    isLatencyDerived,
    prediction,
    timeSplitUs: timeSplit,
  };
}

/** ISO 8601 in UTC; what no calendar has is empty. */
export function isoTime(timeUs: number): string {
  const date = new Date(timeUs / 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
