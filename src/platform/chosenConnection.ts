import { type Connection, plainConnection } from '../sources/connection';
import type { Settings } from './settings';

/** The Jaeger that is tried when none is configured: the one that everybody starts with. */
export const localConnection: Connection = plainConnection('local', 'http://localhost:16686');

/** The connection that the settings ask for: the named one, else the first, else the local one, if it answers. */
export function chooseConnection(settings: Pick<Settings, 'connections' | 'connectionName'>): {
  readonly connection: Connection;
  readonly isConfigured: boolean;
} {
  const { connections, connectionName } = settings;
  const connection = connections.find(({ name }) => name === connectionName) ?? connections[0];
  return { connection: connection ?? localConnection, isConfigured: connection !== undefined };
}
