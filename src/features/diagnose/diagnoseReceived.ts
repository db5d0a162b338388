import type { Inference } from '../../core/trace/inference';
import type { Settings } from '../../platform/settings';
import {
  type DiagnosisSources,
  type DiagnosisStep,
  diagnoseSpans,
  type Progress,
  passed,
  type Translate,
} from './diagnosis';

/** What was received here so far. */
export interface Received {
  /** Where it is received, for reading. */
  readonly endpoint: string;
  /** What of it is on the disk, when it is known. */
  readonly kept: { readonly bytes: number; readonly droppedSpans: number } | undefined;
  readonly inferences: readonly Inference[];
  readonly spanNames: readonly string[];
  /** What was sent and not taken, line by line. */
  readonly troubles: readonly string[];
}

/** Answers "why do I see nothing?" where spans are received and no Jaeger is asked: endpoint → span → attributes → file → line. */
export async function diagnoseReceived(
  { endpoint, kept, inferences, spanNames, troubles }: Received,
  settings: Settings,
  places: DiagnosisSources['places'],
  t: Translate,
): Promise<readonly DiagnosisStep[]> {
  const isAny = inferences.length + spanNames.length > 0;
  const progress: Progress = {
    settings,
    t,
    steps: [
      passed(t('Receiver'), [t('Receiving at {0}.', endpoint), ...keptText(kept, t)].join(' ')),
      ...refusalSteps(troubles, isAny, t),
    ],
  };
  const whenNone = {
    detail: t('No span has come yet. Start your program with the exporter settings.'),
    remedy: 'copy exporter settings' as const,
  };
  await diagnoseSpans({ inferences, spanNames, whenNone }, places, progress);
  return progress.steps;
}

/** What was not taken, line by line: what is wrong when nothing else has come, and worth knowing when something has. */
export function refusalSteps(
  troubles: readonly string[],
  isAnythingTaken: boolean,
  t: Translate,
): readonly DiagnosisStep[] {
  const name = t('Not taken');
  return troubles.map((detail) =>
    isAnythingTaken
      ? { name, isPassed: true, isNote: true, detail, remedy: undefined }
      : { name, isPassed: false, detail, remedy: 'copy exporter settings' },
  );
}

function keptText(kept: Received['kept'], t: Translate): readonly string[] {
  if (!kept || kept.bytes + kept.droppedSpans === 0) return [];
  const size = t('{0} MB of what was received are kept on disk.', (kept.bytes / 1e6).toFixed(1));
  const { droppedSpans } = kept;
  return droppedSpans > 0 ? [size, t('{0} spans could not be kept.', String(droppedSpans))] : [size];
}
