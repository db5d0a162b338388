import type { DecodeProblem } from '../core/decode/decodeProblem';
import type { Trace } from '../core/trace/trace';
import { readTraceFile } from '../sources/traceFile/readTraceFile';
import type { CliIo } from './cliIo';
import { CliError, exitCodes, failingWith } from './exitCode';
import { searchJaeger, traceOfJaeger } from './jaegerTraces';
import type { CliOptions } from './parseCommand';

/** Traces, newest first, and what could not be read. */
export interface LoadedTraces {
  readonly traces: readonly Trace[];
  readonly problems: readonly DecodeProblem[];
  readonly moreProblems: number;
  /** Of a Jaeger: the services of which it gave as many traces as it was asked for; there may be more. */
  readonly cutServices?: readonly string[];
  /** Of a file: its format. */
  readonly format?: string | undefined;
}

/** All traces that the options ask for. Throws a CliError. */
export async function loadTraces(options: CliOptions, io: CliIo): Promise<LoadedTraces> {
  const loaded = await (options.origin.kind === 'file'
    ? loadFile(options.origin.path)
    : searchJaeger(options.origin.url, options, io));
  const traces = [...loaded.traces].sort((a, b) => b.startTimeUs - a.startTimeUs);
  return { ...loaded, traces: traces.slice(0, options.limit) };
}

/** One trace; of a file, the one whose id begins so. Throws a CliError when there is none, or several. */
export async function loadTrace(options: CliOptions, traceId: string, io: CliIo): Promise<LoadedTraces> {
  if (options.origin.kind === 'jaeger') {
    return traceOfJaeger({ url: options.origin.url, traceId }, options, io);
  }
  const loaded = await loadFile(options.origin.path);
  const exact = loaded.traces.filter((trace) => trace.traceId === traceId);
  const traces =
    exact.length > 0 ? exact : loaded.traces.filter((trace) => trace.traceId.startsWith(traceId));
  const ids = new Set(traces.map((trace) => trace.traceId));
  if (ids.size === 0) throw new CliError(exitCodes.nothingFound, `The file has no trace ${traceId}.`);
  if (ids.size > 1) {
    throw new CliError(
      exitCodes.nothingFound,
      `${ids.size} traces begin with ${traceId}: give more of the id.`,
    );
  }
  return { ...loaded, traces };
}

async function loadFile(path: string): Promise<LoadedTraces> {
  const result = await failingWith(exitCodes.unreadableInput, () => readTraceFile(path));
  const [first] = result.problems;
  if (result.format === undefined && result.traces.length === 0 && first !== undefined) {
    throw new CliError(exitCodes.unreadableInput, `This is no file of traces: ${first.what}.`);
  }
  return result;
}
