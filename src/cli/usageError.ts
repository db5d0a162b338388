import { CliError, exitCodes } from './exitCode';

/** That the arguments make no sense, and where to read about them. */
export function usageError(message: string): CliError {
  return new CliError(exitCodes.usage, `${message} (whyspan --help)`);
}
