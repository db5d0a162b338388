import type { Deps } from '../../platform/deps';
import { exporterVariables } from '../connections/index';
import { type Destination, runVariables, userVariables, type Variables } from './runVariables';

/** What runs are to be started with now. */
export interface RunInstrumentation {
  readonly destination: Destination;
  /** The user's name for all runs; empty to derive one. */
  readonly serviceName: string;
}

/** What the settings and the source say of runs at this moment; `undefined` when runs are left alone, or nothing is received. */
export function instrumentationNow({
  settings,
  source,
}: Pick<Deps, 'settings' | 'source'>): RunInstrumentation | undefined {
  const { isInstrumented, serviceName } = settings.current.runs;
  const { endpoints } = source;
  if (!isInstrumented || !endpoints) return undefined;
  return { destination: { http: exporterVariables(endpoints), grpcUrl: endpoints.grpcUrl }, serviceName };
}

/** The variables to add to a run, after those of VS Code's own environment, which it inherits, and those it is given. */
export function variablesToAdd(
  { destination, serviceName }: RunInstrumentation,
  derivedName: string,
  ...given: readonly Variables[]
): Variables {
  const all = Object.assign({}, userVariables(process.env), ...given);
  return runVariables(destination, serviceName || derivedName, all);
}
