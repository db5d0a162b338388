/** What a launcher of the command line starts. */
export interface LauncherTarget {
  /** The program, `cli.js`. */
  readonly program: string;
  /** Runs it where there is no Node that is new enough: VS Code's own, which is a Node when told so. */
  readonly runtime: string;
}

/** By this line an installed command is known as Whyspan's. */
export const launcherMark = 'Made by the VS Code extension Whyspan: “Uninstall the Command Line” removes it.';

const oldestNode = 20;

/**
 * The script that starts the command line. It lies in the extension's storage and is written anew by each version; the command that the
 * user calls only leads to it.
 */
export function launcherText({ program, runtime }: LauncherTarget, isWindows: boolean): string {
  return isWindows ? windowsLauncher(program, runtime) : posixLauncher(program, runtime);
}

/** The command that the user calls. */
export function commandText(launcher: string, isWindows: boolean): string {
  const gone = 'the extension Whyspan is gone: install it and run “Whyspan: Install the Command Line” again';
  if (isWindows) {
    const path = percentEscaped(launcher);
    return windowsLines(
      `rem ${launcherMark}`,
      `if not exist "${path}" (echo whyspan: ${gone.replace(/[“”]/g, '')} 1>&2 & exit /b 70)`,
      `"${path}" %*`,
    );
  }
  return [
    '#!/bin/sh',
    `# ${launcherMark}`,
    `launcher=${quoted(launcher)}`,
    `[ -r "$launcher" ] || { echo ${quoted(`whyspan: ${gone}`)} >&2; exit 70; }`,
    '. "$launcher"',
    '',
  ].join('\n');
}

function posixLauncher(program: string, runtime: string): string {
  return [
    `program=${quoted(program)}`,
    `runtime=${quoted(runtime)}`,
    'case "$(node --version 2>/dev/null)" in',
    `  v[2-9][0-9].*) exec node "$program" "$@" ;;`,
    'esac',
    'if [ -x "$runtime" ]; then',
    '  ELECTRON_RUN_AS_NODE=1',
    '  export ELECTRON_RUN_AS_NODE',
    '  exec "$runtime" "$program" "$@"',
    'fi',
    `echo 'whyspan: needs Node ${oldestNode} or newer' >&2`,
    'exit 70',
    '',
  ].join('\n');
}

function windowsLauncher(program: string, runtime: string): string {
  const [cli, node] = [percentEscaped(program), percentEscaped(runtime)];
  return windowsLines(
    'setlocal',
    `for /f "tokens=1 delims=v." %%v in ('node --version 2^>nul') do if %%v GEQ ${oldestNode} goto node`,
    'set ELECTRON_RUN_AS_NODE=1',
    `"${node}" "${cli}" %*`,
    'exit /b %errorlevel%',
    ':node',
    `node "${cli}" %*`,
    'exit /b %errorlevel%',
  );
}

function windowsLines(...lines: readonly string[]): string {
  // Paths are UTF-8 here, whatever the console's code page is.
  return ['@echo off', 'chcp 65001 >nul', ...lines, ''].join('\r\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function percentEscaped(path: string): string {
  return path.replaceAll('%', '%%');
}
