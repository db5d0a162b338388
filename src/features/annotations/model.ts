import type { AttributeWrite, CallSites, FunctionSite } from '../../core/mapping/callSites';
import type { AmbiguousSite, LocatedSite, SitesOfFile } from '../../core/mapping/sitesOfFile';
import type { SiteSummary } from '../../core/store/siteSummary';
import type { TraceStore } from '../../core/store/traceStore';
import type { InferenceDefinition } from '../../core/trace/inference';

/** What a source file looks like to the annotations. */
export interface AnnotatedFile {
  readonly callSites: CallSites;
  /** Finds the sites of a store that lie in it. */
  readonly locate: (store: TraceStore) => SitesOfFile;
}

/** What is known of one function: the spans that it made. */
export interface FunctionAnnotation {
  /** Where the lens stands, from 1. */
  readonly line: number;
  readonly summary: SiteSummary;
  readonly located: readonly LocatedSite[];
  /** The name of the imported file that these spans are from; `undefined` for those of the store. */
  readonly fileName?: string;
}

/** Which of the two attributes a line sets. */
export type Signal = 'latency' | 'prediction';

/** What is known of a line that sets the latency or the prediction. */
export interface WriteAnnotation {
  /** The line at whose end the text stands, from 1. */
  readonly line: number;
  readonly startLine: number;
  readonly signal: Signal;
  /** Of spans that are inferences. */
  readonly summary: SiteSummary;
  readonly located: readonly LocatedSite[];
  /** As in FunctionAnnotation. */
  readonly fileName?: string;
}

/** What is drawn on a file. Empty when it has no traces. */
export interface FileAnnotations {
  readonly functions: readonly FunctionAnnotation[];
  readonly writes: readonly WriteAnnotation[];
  /** What may have been made here as well as elsewhere. */
  readonly ambiguous: readonly AmbiguousSite[];
}

/** What is known of each function of a file, and of each line that sets one of the two attributes. */
export function annotate(
  file: AnnotatedFile,
  store: TraceStore,
  definition: InferenceDefinition,
): FileAnnotations {
  const { located, ambiguous } = file.locate(store);
  const byLine = new Map<number, LocatedSite[]>();
  for (const place of located) {
    // What a library did stands at the line that called it: its spans lie within those of the function.
    const line = place.by === 'library call' ? place.line : (place.inFunction?.line ?? place.line);
    byLine.set(line, [...(byLine.get(line) ?? []), place]);
  }
  const functions = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, places]) => ({
      line,
      located: places,
      summary: store.summary(places.map(({ site }) => site.key)),
    }));
  const writes = file.callSites.attributeWrites.flatMap((write) => {
    const signal = signalOf(write, definition);
    const source = signal && sourceFor(write.inFunction, functions);
    if (!source) return [];
    const { summary, located } = source;
    return [{ line: write.endLine, startLine: write.line, signal, summary, located }];
  });
  return { functions, writes, ambiguous };
}

function signalOf({ key }: AttributeWrite, definition: InferenceDefinition): Signal | undefined {
  if (key === definition.latencyAttribute) return 'latency';
  return key === definition.predictionAttribute ? 'prediction' : undefined;
}

/** The inferences that a line in a function writes to: those of its own function, else those of the only function of the file that has any. */
function sourceFor(
  inFunction: FunctionSite | undefined,
  functions: readonly FunctionAnnotation[],
): FunctionAnnotation | undefined {
  const withInferences = functions.filter(({ summary }) => summary.inferences > 0);
  const own = withInferences.find(({ line }) => line === inFunction?.line);
  if (own) return own;
  return withInferences.length === 1 ? withInferences[0] : undefined;
}
