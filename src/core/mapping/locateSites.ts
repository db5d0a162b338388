import type { SpanSite } from '../store/spanSite';
import type { CallSites } from './callSites';
import { SiteLocator } from './siteLocator';
import type { SitesOfFile } from './sitesOfFile';
import { WorkspaceIndex } from './workspaceIndex';

/** A source file as the mapping sees it. */
export interface SourceFile {
  readonly path: string;
  readonly callSites: CallSites;
}

/** Finds which sites lie in a file, as if there were no other. */
export function locateSites(file: SourceFile, sites: readonly SpanSite[]): SitesOfFile {
  const index = new WorkspaceIndex();
  const { functions, spanOpenings } = file.callSites;
  index.set({ key: file.path, path: file.path, functions, spanOpenings });
  return new SiteLocator({ index, mapPath: (path) => path }).sitesIn(file.path, sites);
}
