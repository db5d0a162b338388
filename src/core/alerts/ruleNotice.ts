import type { RuleState } from './ruleState';

/** What the user has been told of a series of a rule, and not yet that it is over. */
export interface Told {
  readonly isFiring: boolean;
  readonly isOutage: boolean;
}

/** What the user should hear of a step; each is said once. */
export type NoticeKind = 'firing' | 'outage' | 'resolved';

/** Nothing has been said yet. */
export const nothingTold: Told = { isFiring: false, isOutage: false };

/**
 * What to say of the state that a step led to. A firing that passes through no data, or an outage, and fires again is still the same
 * firing; pending, recovering and no data are shown, not said.
 */
export function noticeOf(
  told: Told,
  { name, reason }: RuleState,
): { readonly told: Told; readonly notice: NoticeKind | undefined } {
  switch (name) {
    case 'error':
      return outage(told);
    case 'alerting':
      if (reason === 'Error') return outage(told);
      // What is kept is no news.
      if (reason === 'Error, KeepLast' && told.isFiring) return { told, notice: undefined };
      return { told: { isFiring: true, isOutage: false }, notice: told.isFiring ? undefined : 'firing' };
    case 'no_data': {
      // The end of an outage within a firing resolves nothing: the firing is still open.
      const notice = told.isOutage && !told.isFiring ? 'resolved' : undefined;
      return { told: { ...told, isOutage: false }, notice };
    }
    case 'ok':
      return { told: nothingTold, notice: told.isFiring || told.isOutage ? 'resolved' : undefined };
    case 'pending':
    case 'recovering':
    case 'unknown':
      return { told, notice: undefined };
  }
}

function outage(told: Told) {
  return {
    told: { ...told, isOutage: true },
    notice: told.isOutage ? undefined : ('outage' as const),
  };
}
