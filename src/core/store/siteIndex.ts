import type { HeldBlock } from './heldBlock';
import type { SitePart } from './siteSummary';
import type { SpanSite } from './spanSite';

/** Places in the code, and which blocks have spans of them. */
export class SiteIndex {
  readonly #parts = new Map<string, SitePart[]>();

  add(held: HeldBlock): void {
    for (const [site, key] of held.siteKeys.entries()) {
      const parts = this.#parts.get(key);
      if (parts) parts.push({ held, site });
      else this.#parts.set(key, [{ held, site }]);
    }
  }

  remove(held: HeldBlock): void {
    for (const key of held.siteKeys) {
      const left = (this.#parts.get(key) ?? []).filter((part) => part.held !== held);
      if (left.length > 0) this.#parts.set(key, left);
      else this.#parts.delete(key);
    }
  }

  /** All places of which there are spans, each as it is now. */
  sites(): readonly SpanSite[] {
    const sites: SpanSite[] = [];
    for (const [key, parts] of this.#parts) {
      const spanCount = parts.reduce((sum, { held, site }) => sum + held.siteCount(site), 0);
      const [first] = parts;
      if (first && spanCount > 0) sites.push({ ...first.held.codeOf(first.site), key, spanCount });
    }
    return sites;
  }

  /** The parts of a place that have spans. */
  partsOf(key: string): readonly SitePart[] {
    return (this.#parts.get(key) ?? []).filter(({ held, site }) => held.siteCount(site) > 0);
  }

  clear(): void {
    this.#parts.clear();
  }
}
