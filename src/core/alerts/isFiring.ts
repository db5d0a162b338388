import type { Evaluator } from './rule';

/** Whether a reduced value fires: as Grafana's evaluators, which say no to no value, except the one that is for it. */
export function isFiring(
  evaluator: Exclude<Evaluator, { readonly type: 'anomaly' }>,
  value: number | undefined,
): boolean {
  if (evaluator.type === 'no_value') return value === undefined;
  if (value === undefined) return false;
  switch (evaluator.type) {
    case 'gt':
      return value > evaluator.limit;
    case 'lt':
      return value < evaluator.limit;
    case 'within_range':
    case 'outside_range': {
      const [low, high] = [Math.min(...evaluator.limits), Math.max(...evaluator.limits)];
      return evaluator.type === 'within_range' ? value > low && value < high : value < low || value > high;
    }
  }
}
