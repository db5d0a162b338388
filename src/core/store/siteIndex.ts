import type { Span } from '../trace/span';
import type { Trace } from '../trace/trace';
import { codeAttributes, type SpanSite, siteKey } from './spanSite';

interface IndexedSite extends Omit<SpanSite, 'spanCount'> {
  readonly traceIds: Map<string, number>;
  spanCount: number;
}

/** Spans by the place in the code that made them. */
export class SiteIndex {
  readonly #sites = new Map<string, IndexedSite>();

  add(trace: Trace): void {
    for (const span of trace.spans) {
      const site = this.#siteOf(span);
      site.traceIds.set(trace.traceId, (site.traceIds.get(trace.traceId) ?? 0) + 1);
      site.spanCount++;
    }
  }

  remove(trace: Trace): void {
    for (const span of trace.spans) {
      const site = this.#sites.get(siteKey(span, codeAttributes(span)));
      const count = site?.traceIds.get(trace.traceId);
      if (!site || count === undefined) continue;
      site.spanCount--;
      if (count > 1) site.traceIds.set(trace.traceId, count - 1);
      else site.traceIds.delete(trace.traceId);
      if (site.traceIds.size === 0) this.#sites.delete(site.key);
    }
  }

  /** All sites, each as it is now. */
  sites(): readonly SpanSite[] {
    return [...this.#sites.values()].map(({ traceIds: _, ...site }) => site);
  }

  /** The ids of the traces that have spans of a site. */
  traceIdsAt(key: string): Iterable<string> {
    return this.#sites.get(key)?.traceIds.keys() ?? [];
  }

  clear(): void {
    this.#sites.clear();
  }

  #siteOf(span: Span): IndexedSite {
    const code = codeAttributes(span);
    const key = siteKey(span, code);
    let site = this.#sites.get(key);
    if (!site) {
      site = { ...code, key, service: span.service, spanName: span.name, traceIds: new Map(), spanCount: 0 };
      this.#sites.set(key, site);
    }
    return site;
  }
}
