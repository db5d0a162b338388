import { isHumanError } from '../core/humanError';

/** What the exit code of `whyspan` says; these numbers never change their meaning. */
export const exitCodes = {
  ok: 0,
  /** There is no such trace, or none at all. */
  nothingFound: 1,
  /** The arguments make no sense. */
  usage: 2,
  /** Jaeger could not be asked. */
  sourceFailed: 3,
  /** The file cannot be read; for `import`, not all of it. */
  unreadableInput: 4,
  /** The output could not be written. */
  outputFailed: 5,
  /** A bug. */
  internal: 70,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A reason to end with a code, in words for the user. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: ExitCode;

  constructor(code: ExitCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Runs a part of the work; its HumanErrors become a CliError with this code. */
export async function failingWith<T>(code: ExitCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isHumanError(error)) throw error;
    throw new CliError(
      error.kind === 'not-found' && code === exitCodes.sourceFailed ? exitCodes.nothingFound : code,
      inOwnWords(error.message),
    );
  }
}

/** The clients speak of the settings of a connection; here these are options. */
function inOwnWords(message: string): string {
  return message
    .replace(/, or set “allowSelfSigned”[^.]*|; until then “allowSelfSigned”[^.]*/, '')
    .replace('“caFile”', '--ca');
}
