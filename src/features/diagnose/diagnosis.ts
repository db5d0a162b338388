import { isHumanError } from '../../core/humanError';
import { cleanText } from '../../core/trace/cleanText';
import { findInferences } from '../../core/trace/findInferences';
import type { Inference } from '../../core/trace/inference';
import type { Span } from '../../core/trace/span';
import type { Trace } from '../../core/trace/trace';
import type { Settings } from '../../platform/settings';
import type { Connection } from '../../sources/connection';
import type { TraceAnswer } from '../../sources/traceAnswer';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** What the user can do about a step that failed. */
export type Remedy =
  | 'connect'
  | 'set secret'
  | 'choose services'
  | 'span settings'
  | 'attribute settings'
  | 'metrics settings'
  | 'open folder'
  | 'copy exporter settings';

/** One step on the way from Jaeger to a line of code. */
export interface DiagnosisStep {
  readonly name: string;
  readonly isPassed: boolean;
  /** Worth knowing, and no step that could fail. */
  readonly isNote?: boolean;
  /** What was found, or what is wrong. */
  readonly detail: string;
  readonly remedy: Remedy | undefined;
}

/** What a diagnosis asks of the outside. */
export interface DiagnosisSources {
  services(): Promise<readonly string[]>;
  search(service: string, operation: string | undefined): Promise<TraceAnswer>;
  /** Places in the workspace, as text such as `inference.py:53`. */
  places(span: Span): Promise<readonly { readonly file: string; readonly line: number }[]>;
}

/** A diagnosis under way. */
export interface Progress {
  readonly settings: Settings;
  readonly t: Translate;
  readonly steps: DiagnosisStep[];
}

/**
 * Answers "why do I see nothing?": URL → authentication → services → span → attributes → file → line. Ends with the first
 * step that fails, whose detail says what is wrong; without the attributes, the line is still looked for.
 */
export async function diagnose(
  connection: Connection,
  settings: Settings,
  sources: DiagnosisSources,
  t: Translate,
): Promise<readonly DiagnosisStep[]> {
  const progress: Progress = { settings, t, steps: [] };
  const services = await askServices(connection, sources, progress);
  if (!services) return progress.steps;
  const traces = await askTraces(services, sources, progress).catch((error: unknown) => {
    if (!isHumanError(error)) throw error;
    progress.steps.push(failed(t('Span'), error.message, undefined));
    return undefined;
  });
  if (!traces) return progress.steps;
  const found = {
    inferences: traces.flatMap((trace) => findInferences(trace, settings.inference)),
    spanNames: [...new Set(traces.flatMap(({ spans }) => spans.map(({ name }) => name)))],
    whenNone: {
      detail: t('There are no traces in the time that is looked back on.'),
      remedy: 'choose services' as const,
    },
  };
  await diagnoseSpans(found, sources.places, progress);
  return progress.steps;
}

async function askServices(
  connection: Connection,
  sources: DiagnosisSources,
  { steps, t }: Progress,
): Promise<readonly string[] | undefined> {
  try {
    const services = await sources.services();
    steps.push(passed(t('URL'), t('{0} answers.', connection.url)));
    steps.push(
      passed(t('Authentication'), connection.auth.type === 'none' ? t('None is needed.') : t('Accepted.')),
    );
    return services;
  } catch (error) {
    if (!isHumanError(error)) throw error;
    const isAuth = error.kind === 'unauthorized';
    if (isAuth) steps.push(passed(t('URL'), t('{0} answers.', connection.url)));
    const name = isAuth ? t('Authentication') : t('URL');
    steps.push(
      failed(name, error.message, isAuth && connection.auth.type !== 'none' ? 'set secret' : 'connect'),
    );
    return undefined;
  }
}

async function askTraces(
  services: readonly string[],
  sources: DiagnosisSources,
  { settings, steps, t }: Progress,
): Promise<readonly Trace[] | undefined> {
  if (services.length === 0) {
    steps.push(
      failed(
        t('Services'),
        t('Jaeger knows no service yet. Does the program export its spans to this Jaeger?'),
        undefined,
      ),
    );
    return undefined;
  }
  const unknown = settings.services.filter((service) => !services.includes(service));
  if (unknown.length > 0 && unknown.length === settings.services.length) {
    const detail = t(
      'whyspan.services names {0}, which Jaeger does not know. It knows {1}.',
      unknown.join(', '),
      some(services),
    );
    steps.push(failed(t('Services'), detail, 'choose services'));
    return undefined;
  }
  steps.push(passed(t('Services'), t('{0}: {1}', String(services.length), some(services))));
  const asked = settings.services.length > 0 ? settings.services : services;
  const named = await collect(asked, settings.inference.spanName, sources);
  // Without a span of the name, another may carry both attributes.
  return named.length > 0 ? named : collect(asked, undefined, sources);
}

async function collect(
  services: readonly string[],
  operation: string | undefined,
  sources: DiagnosisSources,
): Promise<readonly Trace[]> {
  const traces: Trace[] = [];
  for (const service of services.slice(0, 20)) {
    const answer = await sources.search(service, operation);
    traces.push(...answer.traces);
  }
  return traces;
}

/** Spans that were found, and what to say when there are none at all. */
export interface FoundSpans {
  readonly inferences: readonly Inference[];
  readonly spanNames: readonly string[];
  readonly whenNone: { readonly detail: string; readonly remedy: Remedy | undefined };
}

/** Whether there are inferences among the spans; goes on to their attributes and their line. */
export async function diagnoseSpans(
  { inferences, spanNames, whenNone }: FoundSpans,
  places: DiagnosisSources['places'],
  progress: Progress,
): Promise<void> {
  const { settings, steps, t } = progress;
  const { spanName } = settings.inference;
  if (inferences.length > 0) {
    steps.push(passed(t('Span'), t('Recent inferences: {0}.', String(inferences.length))));
    const inference = checkAttributes(inferences, progress);
    if (inference) await checkPlaces(inference, places, progress);
    return;
  }
  const others = t(
    'No span is named “{0}”, and none has both attributes. There are spans named {1}.',
    spanName,
    some(spanNames),
  );
  steps.push(
    spanNames.length === 0
      ? failed(t('Span'), whenNone.detail, whenNone.remedy)
      : failed(t('Span'), others, 'span settings'),
  );
}

function checkAttributes(
  inferences: readonly Inference[],
  { settings, steps, t }: Progress,
): Inference | undefined {
  const { latencyAttribute, predictionAttribute } = settings.inference;
  const newest = inferences.toSorted((a, b) => b.endTimeUs - a.endTimeUs)[0];
  const missing = [
    inferences.some(({ storageLatencyMs }) => storageLatencyMs !== undefined) ? '' : latencyAttribute,
    inferences.some(({ prediction }) => prediction !== undefined) ? '' : predictionAttribute,
  ].filter((name) => name !== '');
  if (missing.length === 0) {
    steps.push(passed(t('Attributes'), t('{0} and {1} are there.', latencyAttribute, predictionAttribute)));
    return newest;
  }
  const known = [...new Set(inferences.flatMap(({ span }) => [...span.attributes.keys()]))];
  const isUnreadable =
    missing.includes(latencyAttribute) && inferences.some(({ hasUnreadableLatency }) => hasUnreadableLatency);
  const absent = missing.filter((name) => !(isUnreadable && name === latencyAttribute));
  const why = [
    isUnreadable ? t('{0} is there, and is no number.', latencyAttribute) : '',
    absent.length > 0 ? t('The inferences have no {0}.', absent.join(', ')) : '',
    known.length > 0 ? t('They have {0}.', some(known)) : t('They have no attributes.'),
  ];
  const detail = why.filter((part) => part !== '').join(' ');
  steps.push(failed(t('Attributes'), detail, 'attribute settings'));
  return newest;
}

async function checkPlaces(
  { span }: Inference,
  placesOf: DiagnosisSources['places'],
  { steps, t }: Progress,
): Promise<void> {
  const places = await placesOf(span);
  const [place] = places;
  if (!place) {
    const detail = t(
      'No file of this workspace opens a span named “{0}”. Open the folder with the code of the service.',
      cleanText(span.name, 60),
    );
    steps.push(failed(t('File'), detail, 'open folder'));
    return;
  }
  const files = [...new Set(places.map(({ file }) => file))];
  steps.push(passed(t('File'), some(files)));
  const detail =
    places.length === 1
      ? t('{0}, line {1}', place.file, String(place.line))
      : t('{0} places open this span; “Go to Code” asks which.', String(places.length));
  steps.push(passed(t('Line'), detail));
}

/** A step that is all right. */
export function passed(name: string, detail: string): DiagnosisStep {
  return { name, isPassed: true, detail, remedy: undefined };
}

/** A step that is not, and what can be done about it. */
export function failed(name: string, detail: string, remedy: Remedy | undefined): DiagnosisStep {
  return { name, isPassed: false, detail, remedy };
}

function some(names: readonly string[]): string {
  const shown = names
    .slice(0, 6)
    .map((name) => cleanText(name, 60))
    .join(', ');
  return names.length > 6 ? `${shown} … (${names.length})` : shown;
}
