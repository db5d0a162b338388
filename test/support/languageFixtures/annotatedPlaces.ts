import type { CallSites, LibraryCall } from '../../../src/core/mapping/callSites';
import { SiteLocator } from '../../../src/core/mapping/siteLocator';
import type { LocatedSite } from '../../../src/core/mapping/sitesOfFile';
import { WorkspaceIndex } from '../../../src/core/mapping/workspaceIndex';
import { TraceStore } from '../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../src/core/trace/inference';
import type { Trace } from '../../../src/core/trace/trace';
import { annotate } from '../../../src/features/annotations/model';
import { placeOf } from './expectations';
import type { FixtureFile } from './fixtureFiles';

/** Finds what is called in a text: what opens spans and sets attributes, and all else. */
export interface FindCalls {
  sites(file: FixtureFile): Promise<CallSites>;
  calls(file: FixtureFile): Promise<readonly LibraryCall[]>;
}

/** What Whyspan draws on the files of a workspace that traces are of, and where it leads from their spans: as `placeOf` says it. */
export async function annotatedPlaces(
  files: readonly FixtureFile[],
  traces: readonly Trace[],
  find: FindCalls,
): Promise<ReadonlySet<string>> {
  const everything = { maxAgeUs: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };
  const store = new TraceStore({ definition: defaultInferenceDefinition, limits: everything });
  store.add(traces, 0);
  const places = new Set<string>();
  const index = new WorkspaceIndex();
  const found = new Map<FixtureFile, CallSites>();
  for (const file of files) {
    const callSites = await find.sites(file);
    const path = `/workspace/${file.file}`;
    found.set(file, callSites);
    index.set({ key: file.file, path, functions: callSites.functions, spanOpenings: callSites.spanOpenings });
  }
  const locator = new SiteLocator({ index, mapPath: (path) => path });
  for (const [file, callSites] of found) {
    const calls = await find.calls(file);
    const locate = () => locator.sitesIn(file.file, store.sites(), calls);
    const { functions, writes, ambiguous } = annotate(
      { callSites, locate },
      store,
      defaultInferenceDefinition,
    );
    for (const { line, located } of functions)
      for (const each of located) {
        const at = { name: each.site.spanName, file: file.file };
        places.add(placeOf({ ...at, kind: 'lens', line }));
        places.add(placeOf({ ...at, kind: 'span', line: lineOf(each) }));
      }
    for (const { site, line } of ambiguous)
      places.add(placeOf({ kind: 'choice', name: site.spanName, file: file.file, line }));
    for (const { line, signal } of writes) {
      const { latencyAttribute, predictionAttribute } = defaultInferenceDefinition;
      const name = signal === 'latency' ? latencyAttribute : predictionAttribute;
      places.add(placeOf({ kind: 'attribute', name, file: file.file, line }));
    }
  }
  return places;
}

/** The line that going to the code of a span leads to: the one that the span names, as long as it lies in the function. */
function lineOf({ site, line, inFunction }: LocatedSite): number {
  const named = site.line;
  const isWithin =
    named !== undefined && inFunction && inFunction.line <= named && named <= inFunction.endLine;
  return isWithin ? named : line;
}
