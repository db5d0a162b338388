import type { CliIo } from '../../../src/cli/cliIo';
import { run } from '../../../src/cli/run';

/** What one call of `whyspan` wrote, and how it ended. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `whyspan` in this process. */
export async function whyspan(args: readonly string[], options: Partial<CliIo> = {}): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await run(args, {
    env: {},
    hasColours: false,
    nowMs: () => 1_800_000_000_000,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ...options,
  });
  return { code, out, err };
}
