import type { Deps } from '../../platform/deps';
import { canEvaluate } from './engineRun';
import type { MainAlert } from './mainAlert';
import type { AlertMute } from './mute';
import type { Watching } from './statusText';

/** What is known of the source beside the alert's state. */
export function watchingOf(deps: Deps, alert: MainAlert, mute: AlertMute): Watching {
  const { settings, source } = deps;
  if (source.status.kind === 'idle' && !canEvaluate(deps)) return 'not connected';
  if (source.isPaused) return 'paused';
  const isUnanswered = source.status.kind === 'failing' && !canEvaluate(deps);
  if (isUnanswered || alert.failure !== undefined) return 'failing';
  if (!settings.current.isAlertEnabled) return 'off';
  return mute.isMuted ? 'muted' : 'yes';
}
