import { findInferences } from '../../../../src/core/trace/findInferences';
import { defaultInferenceDefinition, type Inference } from '../../../../src/core/trace/inference';
import { type SpanDraft, traceOf } from '../../core/spanOf';

/** What a test cares about of an inference. */
export interface InferenceDraft extends SpanDraft {
  readonly latency?: number | string;
  readonly prediction?: string;
  readonly inTrace?: number;
  /** When the inference ended, in microseconds. */
  readonly endUs?: number;
}

/** An inference read from a span. */
export function inferenceOf({
  latency,
  prediction,
  inTrace = 1,
  endUs = 0,
  ...span
}: InferenceDraft): Inference {
  const attributes = {
    ...(latency === undefined ? {} : { storage_latency_ms: latency }),
    ...(prediction === undefined ? {} : { model_prediction: prediction }),
    ...span.attributes,
  };
  const trace = traceOf(
    [{ name: defaultInferenceDefinition.spanName, startTimeUs: endUs, ...span, attributes }],
    inTrace,
  );
  const [found] = findInferences(trace, defaultInferenceDefinition);
  if (!found) throw new Error('no inference');
  return found;
}
