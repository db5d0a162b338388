import type { AttributeWrite, CallSites, FunctionSite } from '../../core/mapping/callSites';
import { type LocatedSite, locateSites } from '../../core/mapping/locateSites';
import type { SiteSample, TraceStore } from '../../core/store/traceStore';
import type { InferenceDefinition } from '../../core/trace/inference';

/** What a source file looks like to the annotations. */
export interface AnnotatedFile {
  readonly path: string;
  readonly callSites: CallSites;
}

/** What is known of one function: the spans that it made. */
export interface FunctionAnnotation {
  /** Where the lens stands, from 1. */
  readonly line: number;
  /** Newest first. */
  readonly samples: readonly SiteSample[];
  readonly located: readonly LocatedSite[];
}

/** Which of the two attributes a line sets. */
export type Signal = 'latency' | 'prediction';

/** What is known of a line that sets the latency or the prediction. */
export interface WriteAnnotation {
  /** The line at whose end the text stands, from 1. */
  readonly line: number;
  readonly startLine: number;
  readonly signal: Signal;
  /** Inferences only, newest first. */
  readonly samples: readonly SiteSample[];
}

/** What is drawn on a file. Empty when it has no traces. */
export interface FileAnnotations {
  readonly functions: readonly FunctionAnnotation[];
  readonly writes: readonly WriteAnnotation[];
}

/** What is known of each function of a file, and of each line that sets one of the two attributes. */
export function annotate(
  file: AnnotatedFile,
  store: TraceStore,
  definition: InferenceDefinition,
): FileAnnotations {
  const located = locateSites(file, store.sites());
  const byLine = new Map<number, LocatedSite[]>();
  for (const place of located) {
    const line = place.inFunction?.line ?? place.line;
    byLine.set(line, [...(byLine.get(line) ?? []), place]);
  }
  const functions = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, places]) => ({ line, located: places, samples: samplesOf(places, store) }));
  const inferences = functions.map((annotation) => ({
    annotation,
    samples: annotation.samples.filter((sample) => sample.inference !== undefined),
  }));
  const writes = file.callSites.attributeWrites.flatMap((write) => {
    const signal = signalOf(write, definition);
    if (!signal) return [];
    const samples = samplesFor(write.inFunction, inferences);
    return samples.length === 0 ? [] : [{ line: write.endLine, startLine: write.line, signal, samples }];
  });
  return { functions, writes };
}

function samplesOf(places: readonly LocatedSite[], store: TraceStore): readonly SiteSample[] {
  const samples = places.flatMap(({ site }) => store.samplesAt(site.key));
  return places.length > 1 ? samples.sort((a, b) => b.endTimeUs - a.endTimeUs) : samples;
}

function signalOf({ key }: AttributeWrite, definition: InferenceDefinition): Signal | undefined {
  if (key === definition.latencyAttribute) return 'latency';
  return key === definition.predictionAttribute ? 'prediction' : undefined;
}

/** The inferences that a line in a function writes to: those of its own function, else those of the only function of the file that has any. */
function samplesFor(
  inFunction: FunctionSite | undefined,
  inferences: readonly { readonly annotation: FunctionAnnotation; readonly samples: readonly SiteSample[] }[],
): readonly SiteSample[] {
  const own = inferences.find(({ annotation }) => annotation.line === inFunction?.line);
  if (own && own.samples.length > 0) return own.samples;
  const withSamples = inferences.filter(({ samples }) => samples.length > 0);
  return withSamples.length === 1 ? (withSamples[0]?.samples ?? []) : [];
}
