import type { Inference } from '../../core/trace/inference';
import type { Deps } from '../../platform/deps';
import { exemplars } from '../metrics/index';
import type { MainAlert } from './mainAlert';
import { evidence } from './model';

/** The inference that shows best why the alert fires, of the service that it fires for; else the last one that is known. */
export function guiltyInference(
  { store, settings, nowMs }: Pick<Deps, 'store' | 'settings' | 'nowMs'>,
  alert: Pick<MainAlert, 'state' | 'rule'>,
): Inference | undefined {
  const { evaluation } = alert.state;
  const nowUs = nowMs() * 1000;
  const worst = evaluation && 'worst' in evaluation ? evaluation.worst : undefined;
  const service = worst?.service;
  const query = {
    afterUs: nowUs - alert.rule.windowUs,
    toUs: nowUs,
    ...(service === undefined ? {} : { service }),
  };
  const values = new Map(exemplars(store, settings.current, query).map(({ span, value }) => [span, value]));
  const inWindow = store.inferences(query);
  const known = inWindow.length > 0 ? inWindow : store.inferences().slice(-1);
  return evidence(known, ({ span }) => values.get(span), worst?.value);
}
