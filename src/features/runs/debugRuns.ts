import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { envFilesIn, variablesIn, withVariables } from './debugEnvironment';
import { parseEnvFile } from './parseEnvFile';
import { instrumentationNow, variablesToAdd } from './runSettings';
import type { Variables } from './runVariables';
import { serviceNameOf } from './serviceName';

const maxEnvFileBytes = 256 * 1024;

/** Adds variables to what the debugger starts. Whatever fails, the run goes on as it is. */
export class DebugRuns implements vscode.DebugConfigurationProvider {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
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
    const added = variablesToAdd(instrumentation, name, ...files, given);
    const isLeft = Object.keys(added).length === 0;
    this.#deps.log.info(
      isLeft
        ? `Left “${configuration.name}” alone: its own OTEL_ variables say where its spans go`
        : `Started “${configuration.name}” with its spans sent here, as ${added.OTEL_SERVICE_NAME ?? 'it names itself'}`,
    );
    return isLeft ? configuration : withVariables(configuration, added);
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
