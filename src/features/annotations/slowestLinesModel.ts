import { formatElapsed, formatNumber } from '../../core/duration';
import type { SiteSummary } from '../../core/store/siteSummary';
import type { SpanSite } from '../../core/store/spanSite';
import type { TraceStore } from '../../core/store/traceStore';
import { cleanText } from '../../core/trace/cleanText';
import type { Shares } from './heat';
import { labelText, percent, type Translate } from './text';

/** A place in the code among the slowest. */
export interface SlowPlace {
  readonly site: SpanSite;
  readonly summary: SiteSummary;
  /** Its part of what the newest traces waited for; 0 when they did not. */
  readonly share: number;
}

/** The places that traces wait longest for: by their part of the critical path, then by their mean duration. */
export function slowestPlaces(
  store: Pick<TraceStore, 'sites' | 'summary'>,
  shares: Shares,
  most: number,
): readonly SlowPlace[] {
  return store
    .sites()
    .map((site) => ({ site, summary: store.summary([site.key]), share: shares.get(site.key)?.share ?? 0 }))
    .sort((a, b) => b.share - a.share || (b.summary.durationUs.avg ?? 0) - (a.summary.durationUs.avg ?? 0))
    .slice(0, most);
}

/** How such a place is called, and what is said of it. */
export function slowPlaceText(
  { site, summary, share }: SlowPlace,
  t: Translate,
): { readonly label: string; readonly detail: string } {
  const { durationUs, latencyMs } = summary;
  const parts = [
    ...(share > 0 ? [t('{0} % of the critical path', percent(share))] : []),
    t('avg {0}', formatElapsed(durationUs.avg ?? 0)),
    t('p95 {0}', formatElapsed(durationUs.quantile(0.95) ?? 0)),
    ...(latencyMs.count > 0 ? [t('storage avg {0} ms', formatNumber(latencyMs.avg ?? 0))] : []),
    cleanText(site.service, 40),
  ];
  return { label: labelText(site.spanName, 60) || t('(no name)'), detail: labelText(parts.join(' · '), 200) };
}
