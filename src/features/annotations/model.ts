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
  /** Its last line; the same as `line` when it is not known. */
  readonly endLine: number;
  /** Its name in the source, if it is known. */
  readonly name: string | undefined;
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
  /** The line of the function that these inferences are of. */
  readonly functionLine: number;
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
    const line = around(place)?.line ?? place.line;
    byLine.set(line, [...(byLine.get(line) ?? []), place]);
  }
  const functions = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, places]) => ({
      line,
      endLine: Math.max(line, ...places.map((place) => around(place)?.endLine ?? line)),
      name: places.map(around).find((each) => each !== undefined)?.name,
      located: places,
      summary: store.summary(places.map(({ site }) => site.key)),
    }));
  const writes = file.callSites.attributeWrites.flatMap((write) => {
    const signal = signalOf(write, definition);
    const of = signal && functionFor(write.inFunction, functions);
    if (!of) return [];
    const { summary, located, line: functionLine } = of;
    return [{ line: write.endLine, startLine: write.line, signal, functionLine, summary, located }];
  });
  return { functions, writes, ambiguous };
}

/** The function that a place stands for. What a library did stands at the line that called it: its spans lie within those of the function. */
function around({ by, inFunction }: LocatedSite): FunctionSite | undefined {
  return by === 'library call' ? undefined : inFunction;
}

function signalOf({ key }: AttributeWrite, definition: InferenceDefinition): Signal | undefined {
  if (key === definition.latencyAttribute) return 'latency';
  return key === definition.predictionAttribute ? 'prediction' : undefined;
}

/** The function whose inferences a line writes to: its own, else the only one of the file that has any. */
function functionFor(
  inFunction: FunctionSite | undefined,
  functions: readonly FunctionAnnotation[],
): FunctionAnnotation | undefined {
  const withInferences = functions.filter(({ summary }) => summary.inferences > 0);
  const own = withInferences.find(({ line }) => line === inFunction?.line);
  if (own) return own;
  return withInferences.length === 1 ? withInferences[0] : undefined;
}
