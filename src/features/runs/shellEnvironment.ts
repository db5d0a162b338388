import { asArray, asObject, own } from '../../core/decode/jsonValue';
import type { Variables } from './runVariables';

/** What the settings of terminals and tasks say, unread. */
export interface ShellSettings {
  /** `terminal.integrated.env` of this platform. */
  readonly terminalEnv: unknown;
  /** The tasks of a folder's tasks.json. */
  readonly tasks?: unknown;
  /** What holds for all of these tasks: `options` of tasks.json. */
  readonly taskOptions?: unknown;
}

/**
 * The variables that the user's settings give terminals and tasks. Those of one task count for all: VS Code lets what an
 * extension sets win over a task, so that it must not be set at all.
 */
export function shellVariables({ terminalEnv, tasks, taskOptions }: ShellSettings): Variables {
  const options = [taskOptions];
  for (const task of asArray(tasks)) {
    const object = asObject(task) ?? {};
    options.push(...[object, ...platformsOf(object)].map((part) => own(part, 'options')));
  }
  const environments = [terminalEnv, ...options.map((option) => own(asObject(option) ?? {}, 'env'))];
  const variables: Record<string, string> = {};
  for (const environment of environments)
    for (const [name, value] of Object.entries(asObject(environment) ?? {}))
      variables[name] = typeof value === 'string' ? value : '';
  return variables;
}

function platformsOf(task: Readonly<Record<string, unknown>>) {
  return ['linux', 'osx', 'windows'].map((platform) => asObject(own(task, platform)) ?? {});
}
