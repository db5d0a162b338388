import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { absenceIn, envFilesIn, variablesIn, withVariables } from './debugEnvironment';
import { parseEnvFile } from './parseEnvFile';
import { instrumentationNow, variablesToAdd } from './runSettings';
import type { Variables } from './runVariables';
import { serviceNameOf } from './serviceName';
import { shellVariables } from './shellEnvironment';
import { type ShellRuns, terminalEnvOf } from './shellRuns';

const maxEnvFileBytes = 256 * 1024;

/** Adds variables to what the debugger starts. Whatever fails, the run goes on as it is. */
export class DebugRuns implements vscode.DebugConfigurationProvider {
  readonly #deps: Deps;

  readonly #shells: ShellRuns;

  constructor(deps: Deps, shells: ShellRuns) {
    this.#deps = deps;
    this.#shells = shells;
  }

  // After substitution, since only then `${file}` is a program's name and the path of an envFile is one.
  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    try {
      return await this.#instrument(folder, configuration);
    } catch (error) {
      this.#deps.report(error, 'prepare a run for tracing');
      return configuration;
    }
  }

  async #instrument(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    const given = variablesIn(configuration);
    if (given === undefined || instrumentationNow(this.#deps) === undefined) return configuration;
    const files = await Promise.all(envFilesIn(configuration).map((file) => readEnvFile(file, folder)));
    const instrumentation = instrumentationNow(this.#deps);
    if (instrumentation === undefined) return configuration;
    const name = serviceNameOf(configuration, folder?.name);
    const terminal = shellVariables({ terminalEnv: terminalEnvOf(folder) });
    const known = Object.assign({}, terminal, ...files, given);
    const added = variablesToAdd(instrumentation, name, known);
    this.#deps.log.info(
      Object.keys(added).length === 0
        ? `Left “${configuration.name}” alone: its own OTEL_ variables say where its spans go`
        : `Started “${configuration.name}” with its spans sent here, as ${added.OTEL_SERVICE_NAME ?? 'it names itself'}`,
    );
    return withVariables(configuration, { ...this.#unset(folder, configuration, known), ...added });
  }

  /** A run in VS Code's terminal inherits what terminals are given: what is not for this run is taken away again. */
  #unset(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
    known: Variables,
  ): Readonly<Record<string, null | ''>> {
    const absence = absenceIn(configuration);
    if (absence === undefined) return {};
    const inherited = Object.keys(this.#shells.variablesFor(folder));
    return Object.fromEntries(
      inherited.filter((name) => !Object.hasOwn(known, name)).map((name) => [name, absence]),
    );
  }
}

/** What cannot be read has nothing to say here; the debugger itself complains of it. */
async function readEnvFile(file: string, folder: vscode.WorkspaceFolder | undefined): Promise<Variables> {
  const isAbsolute = path.isAbsolute(file);
  if (!isAbsolute && folder === undefined) return {};
  const uri =
    isAbsolute || folder === undefined ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder.uri, file);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > maxEnvFileBytes || (type & vscode.FileType.File) === 0) return {};
    return parseEnvFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return {};
  }
}
