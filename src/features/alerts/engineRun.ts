import type { Disposable } from '../../core/event';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { Signals } from '../metrics/index';
import type { RuleEngine } from './ruleEngine';

type RunDeps = Pick<Deps, 'settings' | 'source'> & { readonly signals: Signals };

/** Whether a rule can be evaluated: a source of traces has answered, or its values come from a Prometheus, which answers without one. */
export function canEvaluate({ settings, source }: Pick<Deps, 'settings' | 'source'>): boolean {
  const { status } = source;
  if (settings.current.metrics.source === 'prometheus') return true;
  return status.kind === 'ok' || (status.kind === 'failing' && status.hasAnswered);
}

/** Starts and stops an engine as the source, what its values come from, and the settings have it; `show` is called when that may be seen. */
export function runEngine(engine: RuleEngine, deps: RunDeps, show: () => void): Disposable {
  const { settings, source, signals } = deps;
  const disposables = new DisposableStore();
  const shouldRun = () => canEvaluate(deps) && !source.isPaused;
  let isRunning = false;
  let connection = source.connection;
  const run = () => {
    isRunning = shouldRun();
    if (isRunning) engine.start();
    else engine.stop();
    show();
  };
  const forget = () => {
    isRunning = false;
    engine.stop();
    engine.reset();
  };
  disposables.add(
    source.onDidChangeStatus(() => {
      const isOther = source.connection !== connection;
      connection = source.connection;
      // What a Prometheus says does not depend on which Jaeger is asked.
      if (isOther && settings.current.metrics.source !== 'prometheus') forget();
      if (shouldRun() === isRunning) show();
      else run();
    }),
  );
  // Values from elsewhere are another story.
  disposables.add(signals.onDidChange(forget));
  disposables.add(settings.onDidChange(run));
  run();
  return disposables;
}
