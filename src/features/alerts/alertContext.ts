import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import type { Endpoints } from '../../platform/endpoints';
import { signalNames } from '../metrics/index';
import type { AlertContext } from './model';

/** What the alert's watchers show beside its state, as it is now. */
export function contextOf({ settings, source }: Pick<Deps, 'settings' | 'source'>): AlertContext {
  const connectionName = source.connection?.name ?? '';
  return {
    rule: settings.current.alert,
    names: signalNames(settings.current, connectionName, vscode.l10n.t),
    connectionName,
    receivesAt: endpointsText(source.endpoints),
  };
}

function endpointsText(endpoints: Endpoints | undefined): string {
  if (!endpoints) return '';
  const { otlpUrl, grpcUrl, agentPort } = endpoints;
  const udp = agentPort === undefined ? [] : [`UDP ${agentPort}`];
  return [otlpUrl, ...(grpcUrl === undefined ? [] : [`gRPC ${grpcUrl}`]), ...udp].join(', ');
}
