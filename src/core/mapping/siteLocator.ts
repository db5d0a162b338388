import type { SpanSite } from '../store/spanSite';
import type { FunctionSite, LibraryCall } from './callSites';
import { libraryCallOf } from './libraryCall';
import { type CodeWorld, type Resolution, resolveSite, type SiteClues, type SitePlace } from './resolveSite';
import type { AmbiguousSite, LocatedSite, SitesOfFile } from './sitesOfFile';

/** What more may be known of sites than where they could lie. */
export interface SiteKnowledge {
  /** Which of several places the user chose. */
  readonly choose?: (
    site: SiteClues & Pick<SpanSite, 'service'>,
    places: readonly SitePlace[],
  ) => SitePlace | undefined;
  /** Those of several places that the spans can be of, as by the language of what made them. */
  readonly narrow?: (site: SpanSite, places: readonly SitePlace[]) => readonly SitePlace[];
  /** Which of several places the spans themselves tell, as by the stack of an exception. */
  readonly tell?: (site: SpanSite, places: readonly SitePlace[]) => SitePlace | undefined;
}

/** Where a site lies, after all that is known. */
interface SettledSite {
  readonly resolution: Resolution;
  readonly isChosen: boolean;
}

/** Finds the sites of a file among all of the workspace; what was found is remembered until the code changes. */
export class SiteLocator {
  readonly #world: CodeWorld;
  readonly #knowledge: SiteKnowledge;
  readonly #settled = new Map<
    string,
    { readonly found: SettledSite | undefined; readonly spanCount: number }
  >();
  #revision = -1;

  constructor(world: CodeWorld, knowledge: SiteKnowledge = {}) {
    this.#world = world;
    this.#knowledge = knowledge;
  }

  /** Forgets what was found: paths or choices have changed. */
  forget(): void {
    this.#settled.clear();
  }

  /** The sites that lie in a file, or may. With the calls of the file also those of the libraries that it calls. */
  sitesIn(key: string, sites: readonly SpanSite[], calls: readonly LibraryCall[] = []): SitesOfFile {
    const located: LocatedSite[] = [];
    const ambiguous: AmbiguousSite[] = [];
    for (const site of sites) {
      const settled = this.#settle(site);
      if (!settled) {
        const called = this.#called(key, site, calls);
        if (called) located.push(called);
        continue;
      }
      const { by, places } = settled.resolution;
      for (const { file, line, inFunction } of places) {
        if (file.key !== key) continue;
        if (places.length > 1)
          ambiguous.push({ site, by, line: inFunction?.line ?? line, places: places.length });
        else located.push({ site, line, inFunction, by, ...(settled.isChosen ? { isChosen: true } : {}) });
      }
    }
    return { located, ambiguous };
  }

  /** Has a site's place be known when it is asked for: of many sites that takes long, so it is to be done one by one. */
  prepare(site: SpanSite): void {
    this.#settle(site);
  }

  /** Where a site lies; several places when nothing tells which. */
  resolve(site: SpanSite): (Resolution & { readonly isChosen: boolean }) | undefined {
    const settled = this.#settle(site);
    return settled && { ...settled.resolution, isChosen: settled.isChosen };
  }

  #settle(site: SpanSite): SettledSite | undefined {
    const { revision } = this.#world.index;
    if (revision !== this.#revision) this.#settled.clear();
    this.#revision = revision;
    const known = this.#settled.get(site.key);
    // What is not decided may be by spans that came later.
    const isOpen = (known?.found?.resolution.places.length ?? 1) > 1;
    if (known && !(isOpen && known.spanCount !== site.spanCount)) return known.found;
    const found = this.#look(site);
    this.#settled.set(site.key, { found, spanCount: site.spanCount });
    return found;
  }

  #look(site: SpanSite): SettledSite | undefined {
    const resolution = resolveSite(site, this.#world);
    if (!resolution) return undefined;
    const { by } = resolution;
    if (resolution.places.length === 1) return { resolution, isChosen: false };
    const { choose, narrow, tell } = this.#knowledge;
    const chosen = choose?.(site, resolution.places);
    if (chosen) return { resolution: { by, places: [chosen] }, isChosen: true };
    const places = narrow?.(site, resolution.places) ?? resolution.places;
    const told = places.length > 1 ? tell?.(site, places) : undefined;
    return { resolution: told ? { by: 'stack frame', places: [told] } : { by, places }, isChosen: false };
  }

  /** The line of a file that called the library that made the spans of a site. */
  #called(key: string, site: SpanSite, calls: readonly LibraryCall[]): LocatedSite | undefined {
    const { library } = site;
    if (!library?.caller || calls.length === 0) return undefined;
    const caller = this.#settle({ ...library.caller, spanCount: 0 });
    const [place, ...others] = caller?.resolution.places ?? [];
    if (!place?.inFunction || place.file.key !== key || others.length > 0) return undefined;
    const { inFunction } = place;
    const call = libraryCallOf(site, callsIn(calls, inFunction));
    return call && { site, line: call.line, inFunction, by: 'library call' };
  }
}

function callsIn(calls: readonly LibraryCall[], { line, endLine }: FunctionSite): readonly LibraryCall[] {
  return calls.filter((call) => line <= call.line && call.line <= endLine);
}
