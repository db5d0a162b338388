import type { SampleSize } from '../../core/sampling/sampleSize';
import type { StoreStats } from '../../core/store/storeStats';
import { cleanText } from '../../core/trace/cleanText';
import { sampleWithErrorText } from '../../platform/sampleText';
import type { SourceStatus } from '../../sources/sourceStatus';
import type { TraceFilter, Translate } from './model';

/** What the line above the tree knows. */
export interface ViewMessageContext {
  readonly stats: StoreStats;
  /** Of how many inferences of a service those that are held are a sample. */
  readonly sampleOf: (service: string) => SampleSize | undefined;
  readonly isPaused: boolean;
  readonly filter: TraceFilter;
  /** How many things that were sent here were not taken. */
  readonly troubles: number;
  readonly t: Translate;
}

/** The line above the tree: what is unusual about what is shown below, empty when nothing is. */
export function viewMessage(
  status: SourceStatus,
  { stats, sampleOf, isPaused, filter, troubles, t }: ViewMessageContext,
): string {
  const parts: string[] = [];
  if (isPaused) parts.push(t('Paused.'));
  if (status.kind === 'failing') parts.push(cleanText(status.error.message, 300));
  if (status.kind === 'ok') {
    const samples = status.services.flatMap((service) => {
      const sample = sampleOf(service);
      return sample ? [`${cleanText(service, 40)} ${sampleWithErrorText(sample, t)}`] : [];
    });
    if (samples.length > 0) parts.push(t('A sample, not all inferences: {0}.', list(samples)));
    if (status.leftOutServices.length > 0) {
      parts.push(
        t('Not watched, too many services: {0}. Choose in the view’s menu.', list(status.leftOutServices)),
      );
    }
  }
  const filters = [
    filter.isErrorsOnly ? t('errors') : '',
    filter.isSlowOnly ? t('over threshold') : '',
    filter.text === '' ? '' : `“${cleanText(filter.text, 40)}”`,
  ].filter((part) => part !== '');
  if (filter.line)
    parts.push(t('Only traces of {0}. “Clear Filter” shows all again.', cleanText(filter.line.label, 100)));
  if (filters.length > 0) parts.push(t('Filter: {0}.', filters.join(', ')));
  if (troubles > 0) parts.push(t('Sent here and not taken: {0} (“Diagnose” says why).', String(troubles)));
  if (stats.evictedBySize > 0)
    parts.push(t('Older traces let go for space: {0}.', String(stats.evictedBySize)));
  if (stats.unreadableLatencies > 0) {
    parts.push(t('Inferences with a latency that is no number: {0}.', String(stats.unreadableLatencies)));
  }
  return parts.join(' ');
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => cleanText(name, 100));
  return names.length > 3 ? `${shown.join(', ')} … (${names.length})` : shown.join(', ');
}
