import { traceFileText, writeTraceFile } from '../sources/traceFile/writeTraceFile';
import { type CliIo, safeJson } from './cliIo';
import { type ExitCode, exitCodes, failingWith } from './exitCode';
import type { LoadedTraces } from './loadTraces';
import type { CliOptions } from './parseCommand';
import { problemsText } from './problemsText';

/** Writes what was loaded to the output, or to the standard output. */
export async function exportCommand(loaded: LoadedTraces, options: CliOptions, io: CliIo): Promise<ExitCode> {
  const { traces } = loaded;
  if (traces.length === 0) {
    io.err('There are no traces to write.\n');
    return exitCodes.nothingFound;
  }
  if (options.output === undefined) for (const part of traceFileText(traces, options.format)) io.out(part);
  else {
    await write(options.output, loaded, options);
    io.err(`Wrote ${counted(loaded)}.\n`);
  }
  return exitCodes.ok;
}

/** Says what a file holds and what of it could not be read, and writes it anew if an output is given. */
export async function importCommand(loaded: LoadedTraces, options: CliOptions, io: CliIo): Promise<ExitCode> {
  const { traces, problems, moreProblems, format } = loaded;
  if (options.output !== undefined && traces.length > 0) await write(options.output, loaded, options);
  if (options.isJson) {
    const spanCount = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
    io.out(safeJson({ format, traceCount: traces.length, spanCount, problems, moreProblems }));
  } else {
    io.out(`${format === 'otlp' ? 'OTLP JSON' : 'Jaeger JSON'}: ${counted(loaded)}\n`);
    if (problems.length > 0) io.out(`Could not be read, or had to be mended:\n${problemsText(loaded, 50)}`);
  }
  if (problems.length > 0) return exitCodes.unreadableInput;
  return traces.length > 0 ? exitCodes.ok : exitCodes.nothingFound;
}

function write(path: string, { traces }: LoadedTraces, { format }: CliOptions): Promise<void> {
  return failingWith(exitCodes.outputFailed, () => writeTraceFile(path, traces, format));
}

function counted({ traces }: LoadedTraces): string {
  const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
  return `${traces.length} trace${traces.length === 1 ? '' : 's'}, ${spans} span${spans === 1 ? '' : 's'}`;
}
