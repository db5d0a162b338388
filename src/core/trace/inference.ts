import type { ClassifyRule } from '../classify/classifyRule';
import type { TimeSplit } from '../classify/timeSplit';
import { cleanText } from './cleanText';
import type { AttributeValue, Span } from './span';

/** Units in which a latency attribute may be recorded. */
export type LatencyUnit = 'ms' | 's' | 'us';

/** What counts as an inference, and where it keeps its latency and its prediction. */
export interface InferenceDefinition {
  readonly spanName: string;
  readonly latencyAttribute: string;
  readonly predictionAttribute: string;
  readonly latencyUnit: LatencyUnit;
  /** What spans are, where the conventions don't say it; asked before them. */
  readonly classify?: readonly ClassifyRule[];
}

/** The names and the unit of the article's pipeline. */
export const defaultInferenceDefinition: InferenceDefinition = {
  spanName: 'ai_inference_pipeline',
  latencyAttribute: 'storage_latency_ms',
  predictionAttribute: 'model_prediction',
  latencyUnit: 'ms',
};

/** One run of the model, seen through its span. */
export interface Inference {
  readonly span: Span;
  /** Microseconds since the Unix epoch. */
  readonly endTimeUs: number;
  /** Milliseconds, finite and not negative; `undefined` when the span has none that can be read, and none can be derived. */
  readonly storageLatencyMs: number | undefined;
  /** The span has no latency attribute: that is how long its trace waited for storage spans at or below it. */
  readonly isLatencyDerived: boolean;
  /** The prediction as one short line, also what a language model answered; `undefined` when the span has none. */
  readonly prediction: string | undefined;
  /** The span has a latency attribute that is no finite, non-negative number. */
  readonly hasUnreadableLatency: boolean;
  /** What its time was spent on; `undefined` when it is too much to find out. */
  readonly timeSplit: TimeSplit | undefined;
}

/** Longest prediction that is kept as a label; the span still has all of it. */
export const maxPredictionLength = 120;

const msPerUnit: Record<LatencyUnit, number> = { ms: 1, s: 1000, us: 0.001 };

/** Whether a span is an inference: by its name, or because it carries both the latency and the prediction. */
export function isInference(span: Span, definition: InferenceDefinition): boolean {
  return (
    span.name === definition.spanName ||
    (span.attributes.has(definition.latencyAttribute) && span.attributes.has(definition.predictionAttribute))
  );
}

/** The latency attribute of a span in milliseconds, if it can be read. */
export function readLatency(
  value: AttributeValue | undefined,
  unit: LatencyUnit,
): Pick<Inference, 'storageLatencyMs' | 'hasUnreadableLatency'> {
  const number = value === undefined ? undefined : readNumber(value);
  const latencyMs = number === undefined ? Number.NaN : number * msPerUnit[unit];
  const isReadable = Number.isFinite(latencyMs) && latencyMs >= 0;
  return {
    storageLatencyMs: isReadable ? latencyMs : undefined,
    hasUnreadableLatency: value !== undefined && !isReadable,
  };
}

/** A prediction as one short line. */
export function predictionLabel(value: AttributeValue): string {
  return cleanText(String(value), maxPredictionLength);
}

/** An attribute as a finite number: numbers, and texts that are decimal numbers and nothing else. */
export function readNumber(value: AttributeValue): number | undefined {
  if (typeof value === 'string' && !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value.slice(0, 64))) {
    return undefined;
  }
  const number = typeof value === 'boolean' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}
