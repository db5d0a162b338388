import * as vscode from 'vscode';
import { commands, views } from '../../platform/contributions';
import { askFilter } from './ask';
import { noFilter, type TraceFilter } from './model';
import type { ExplorerDeps, ExplorerParts } from './parts';
import { type LineFilterSites, SitesFilter } from './sitesFilter';

/** Registers the commands that choose what the tree shows. */
export function registerFilterCommands(
  deps: ExplorerDeps,
  { tree, redraw }: ExplorerParts,
): vscode.Disposable {
  const choose = (filter: TraceFilter) => {
    tree.filter = filter;
    redraw();
  };
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand(commands.filter, async () => choose((await askFilter(tree.filter)) ?? tree.filter)),
    registerCommand(commands.clearFilter, () => choose(noFilter)),
    registerCommand(commands.filterSites, async (sites: LineFilterSites) => {
      choose({ ...noFilter, line: new SitesFilter(sites, deps) });
      await vscode.commands.executeCommand(`${views.traces}.focus`);
    }),
  );
}
