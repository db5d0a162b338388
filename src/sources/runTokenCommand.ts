import { type ChildProcess, spawn } from 'node:child_process';
import { HumanError } from '../core/humanError';
import { cleanText } from '../core/trace/cleanText';
import { CancellationError, throwIfCancelled } from './cancellation';

const timeoutMs = 30_000;
const longestOutput = 64 * 1024;
const longestComplaint = 200;

/**
 * Runs a command with the user's shell and answers what it printed. Throws a HumanError with the exit code and the
 * beginning of stderr when it fails, takes more than 30 seconds (an argument for tests) or prints too much;
 * stdout, where the token is, is never shown.
 */
export function runTokenCommand(command: string, signal: AbortSignal, limitMs = timeoutMs): Promise<string> {
  throwIfCancelled(signal);
  return new Promise((resolve, reject) => {
    const isGroup = process.platform !== 'win32';
    const child = spawn(command, {
      shell: true,
      detached: isGroup,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const output = { stdout: '', stderr: '' };
    const finish = (result: string | Error) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      endWithChildren(child, isGroup);
      if (typeof result === 'string') resolve(result);
      else reject(result);
    };
    const cancel = () => finish(new CancellationError());
    const timer = setTimeout(
      () => finish(failed(`took more than ${limitMs / 1000} s`, withoutToken(output))),
      limitMs,
    );
    signal.addEventListener('abort', cancel, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] = (output[name] + text).slice(0, longestOutput + 1);
        if (output.stdout.length > longestOutput) finish(failed('printed too much to be a token', ''));
      });
    }
    child.on('error', (error) => finish(failed('could not be started', error.message)));
    child.on('close', (code, killedBy) => {
      if (code === 0) finish(output.stdout);
      else
        finish(
          failed(
            code === null ? `was ended by ${killedBy}` : `ended with exit code ${code}`,
            withoutToken(output),
          ),
        );
    });
  });
}

/** The shell's children too: a shell that is killed alone leaves them behind. */
function endWithChildren(child: ChildProcess, isGroup: boolean): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    if (isGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  } catch {
    // It has ended in the meantime.
  }
}

function failed(what: string, stderr: string): HumanError {
  const complaint = cleanText(stderr, longestComplaint);
  return new HumanError(
    'configuration',
    `The token command ${what}${complaint === '' ? '.' : `: ${complaint}`}`,
  );
}

/** What was complained about, without what was printed, should the command be one that shows all it does. */
function withoutToken({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const words = stdout.split(/\s+/).filter((word) => word.length >= 8);
  return words.reduce((text, word) => text.replaceAll(word, '…'), stderr);
}
