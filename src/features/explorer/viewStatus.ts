import * as vscode from 'vscode';
import { contextKeys } from '../../platform/contributions';
import { troubleCount } from '../receiving/index';
import { isFiltering } from './model';
import type { ExplorerDeps, ExplorerParts } from './parts';
import { viewMessage } from './viewMessage';

/** Shows around the tree how its source and the alert are doing: the line above it, its badge, and what its menus depend on. */
export function showViewStatus(
  deps: ExplorerDeps,
  { view, tree }: Pick<ExplorerParts, 'view' | 'tree'>,
): void {
  const { source } = deps;
  setContext(contextKeys.source, source.status.kind);
  setContext(contextKeys.backend, source.endpoints && !source.connection ? 'embedded' : 'jaeger');
  setContext(contextKeys.failure, source.status.kind === 'failing' ? source.status.error.kind : '');
  const troubles = source.received ? troubleCount(source.received) : 0;
  setContext(contextKeys.isRefusing, troubles > 0);
  setContext(contextKeys.isPaused, source.isPaused);
  setContext(contextKeys.isFiltered, isFiltering(tree.filter));
  const context = {
    stats: deps.store.stats(),
    sampleOf: (service: string) => deps.store.sample(service),
    isPaused: source.isPaused,
    filter: tree.filter,
    troubles,
    t: vscode.l10n.t,
  };
  // VS Code shows no welcome beside a message, and the welcome is what helps where there is nothing else.
  view.message = tree.isEmpty ? '' : viewMessage(source.status, context);
  const firing = deps.alerts.state.name === 'alerting' ? 1 : 0;
  view.badge =
    firing > 0 ? { value: firing, tooltip: vscode.l10n.t('{0} alert is firing', firing) } : undefined;
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
