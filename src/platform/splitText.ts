import type { SpanClass } from '../core/classify/spanClass';
import type { ClassShare } from '../core/classify/timeSplit';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
type Translate = (message: string, ...args: string[]) => string;

/** Smaller parts are not told, unless they are all there is. */
const smallest = 0.005;

/**
 * What time was spent on: “storage 71 % · model 22 %”; empty when nothing is known but that it was
 * the application. `most` parts at most, the largest ones.
 */
export function splitText(shares: readonly ClassShare[], t: Translate, most = 3): string {
  const names: Readonly<Record<SpanClass, string>> = {
    storage: t('storage'),
    model: t('model'),
    queue: t('queue'),
    network: t('network'),
    application: t('application'),
  };
  if (shares.every(({ as }) => as === 'application')) return '';
  return shares
    .filter(({ share }) => share >= smallest)
    .slice(0, most)
    .map(({ as, share }) => `${names[as]} ${Math.round(share * 100)} %`)
    .join(' · ');
}
