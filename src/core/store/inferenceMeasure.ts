import { type InferenceDefinition, readNumber } from '../trace/inference';
import type { RowInference } from './blockInferences';

/** What is measured of an inference; `undefined` when it has no such number. */
export type InferenceMeasure = (inference: RowInference) => number | undefined;

/** An attribute: that of the latency in milliseconds, others as they are. */
export function attributeMeasure(attribute: string, definition: InferenceDefinition): InferenceMeasure {
  if (attribute === definition.latencyAttribute) return (inference) => inference.storageLatencyMs;
  return (inference) => {
    const raw = inference.attribute(attribute);
    return raw === undefined ? undefined : readNumber(raw);
  };
}

/** How long the span took, in milliseconds, when it has the name that inferences have. */
export function durationMeasure({ spanName }: InferenceDefinition): InferenceMeasure {
  return (inference) => (inference.isNamed(spanName) ? inference.durationUs / 1000 : undefined);
}
