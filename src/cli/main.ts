import { isHumanError } from '../core/humanError';
import type { CliIo } from './cliIo';
import { exitCodes } from './exitCode';
import { run } from './run';

// Entry of `whyspan`. The exit code is set, not forced: a pipe may still be taking what was written.

const io: CliIo = {
  env: process.env,
  hasColours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  nowMs: () => Date.now(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

// Whoever reads may stop before the end, as `head` does.
process.stdout.on('error', () => process.exit(exitCodes.ok));

run(process.argv.slice(2), io).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error && !isHumanError(error) ? error.stack : String(error);
    process.stderr.write(`whyspan: this is a bug: ${text}\n`);
    process.exitCode = exitCodes.internal;
  },
);
