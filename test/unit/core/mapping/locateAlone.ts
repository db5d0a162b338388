import type { CallSites } from '../../../../src/core/mapping/callSites';
import { SiteLocator } from '../../../../src/core/mapping/siteLocator';
import type { SitesOfFile } from '../../../../src/core/mapping/sitesOfFile';
import { WorkspaceIndex } from '../../../../src/core/mapping/workspaceIndex';
import type { SpanSite } from '../../../../src/core/store/spanSite';

/** A source file as the mapping sees it. */
interface SourceFile {
  readonly path: string;
  readonly callSites: CallSites;
}

/** Finds which sites lie in a file, as if there were no other. */
export function locateAlone(file: SourceFile, sites: readonly SpanSite[]): SitesOfFile {
  const index = new WorkspaceIndex();
  const { functions, spanOpenings } = file.callSites;
  index.set({ key: file.path, path: file.path, functions, spanOpenings });
  return new SiteLocator({ index, mapPath: (path) => path }).sitesIn(file.path, sites);
}
