import type { SiteSummary } from '../../core/store/siteSummary';
import type { Settings } from '../../platform/settings';
import type { FileAnnotations } from './model';

/** Of the storage latency, in milliseconds; `undefined` when the alert watches something else. */
export function latencyThresholdMs({
  alert,
  inference,
}: Pick<Settings, 'alert' | 'inference'>): number | undefined {
  return alert.attribute === inference.latencyAttribute ? alert.threshold : undefined;
}

/** Whether the average of the alert's window is above its threshold. */
export function isOver(
  summary: SiteSummary,
  settings: Pick<Settings, 'alert' | 'inference'>,
  nowUs: number,
): boolean {
  const thresholdMs = latencyThresholdMs(settings);
  const average = summary.averageLatencyMsSince(nowUs - settings.alert.windowUs);
  return thresholdMs !== undefined && average !== undefined && average > thresholdMs;
}

/** The lines where the alert is breached: those that set the latency, else the functions of these inferences. */
export function breachedLines(
  { functions, writes }: FileAnnotations,
  settings: Pick<Settings, 'alert' | 'inference'>,
  nowUs: number,
): readonly number[] {
  const over = functions.filter(
    ({ summary, fileName }) =>
      fileName === undefined && summary.inferences > 0 && isOver(summary, settings, nowUs),
  );
  return over.flatMap(({ line }) => {
    const set = writes.filter(({ functionLine, signal }) => signal === 'latency' && functionLine === line);
    return set.length > 0 ? set.map((write) => write.line) : [line];
  });
}
