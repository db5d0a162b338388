import type { Inference } from '../../core/trace/inference';
import type { Deps } from '../../platform/deps';
import { exemplars } from '../metrics/index';
import type { AlertEngine } from './alertEngine';
import { evidence } from './model';

/** The inference that shows best why the alert fires, of the service that it fires for; else the last one that is known. */
export function guiltyInference(
  { store, settings, nowMs }: Pick<Deps, 'store' | 'settings' | 'nowMs'>,
  engine: AlertEngine,
): Inference | undefined {
  const { evaluation } = engine.state;
  const nowUs = nowMs() * 1000;
  const service =
    evaluation?.result === 'firing' || evaluation?.result === 'ok' ? evaluation.worst.service : undefined;
  const query = {
    afterUs: nowUs - engine.rule.windowUs,
    toUs: nowUs,
    ...(service === undefined ? {} : { service }),
  };
  const values = new Map(exemplars(store, settings.current, query).map(({ span, value }) => [span, value]));
  const inWindow = store.inferences(query);
  return evidence(inWindow.length > 0 ? inWindow : store.inferences().slice(-1), ({ span }) =>
    values.get(span),
  );
}
