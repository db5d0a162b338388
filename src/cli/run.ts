import { cleanText } from '../core/trace/cleanText';
import type { CliIo } from './cliIo';
import { CliError, type ExitCode, exitCodes } from './exitCode';
import { listCommand } from './listCommand';
import { type LoadedTraces, loadTrace, loadTraces } from './loadTraces';
import { type CliCommand, parseCommand } from './parseCommand';
import { problemsText } from './problemsText';
import { showCommand } from './showCommand';
import { usage } from './usage';
import { version } from './version';
import { exportCommand, importCommand } from './writeCommand';

/** Runs one call of `whyspan` and says how it ended. Never throws but for a bug. */
export async function run(args: readonly string[], io: CliIo): Promise<ExitCode> {
  try {
    return await runCommand(parseCommand(args), io);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    io.err(`whyspan: ${cleanText(error.message, 500)}\n`);
    return error.code;
  }
}

async function runCommand(command: CliCommand, io: CliIo): Promise<ExitCode> {
  switch (command.name) {
    case 'help':
      io.out(usage);
      return exitCodes.ok;
    case 'version':
      io.out(`${version()}\n`);
      return exitCodes.ok;
    case 'list':
      return listCommand(
        warned(await loadTraces(command.options, io), io),
        { ...command.options, showsInferences: command.showsInferences },
        io,
      );
    case 'show': {
      const loaded = warned(await loadTrace(command.options, command.traceId, io), io);
      return showCommand(loaded, command.options.isJson, io);
    }
    case 'export':
      return exportCommand(warned(await loadTraces(command.options, io), io), command.options, io);
    case 'import':
      return importCommand(await loadTraces(command.options, io), command.options, io);
  }
}

/** The same traces, after saying that something is missing from them. */
function warned(loaded: LoadedTraces, io: CliIo): LoadedTraces {
  if (loaded.problems.length > 0) {
    io.err(`Some of it could not be read, or had to be mended:\n${problemsText(loaded, 5)}`);
  }
  const { cutServices = [] } = loaded;
  if (cutServices.length > 0) {
    const names = cleanText(cutServices.join(', '), 200);
    io.err(`A sample, not all traces: as many came as --limit allows, of ${names}.\n`);
  }
  return loaded;
}
