import type { SiteSample } from '../../../../src/core/store/traceStore';
import { endTimeUs } from '../../../../src/core/trace/span';
import { type SpanDraft, spanOf } from '../../core/spanOf';
import { type InferenceDraft, inferenceOf } from '../explorer/inferenceOf';

/** A sample that is an inference. */
export function sampleOf(draft: InferenceDraft): SiteSample {
  const inference = inferenceOf(draft);
  return { span: inference.span, endTimeUs: inference.endTimeUs, inference };
}

/** A sample of a span that is none. */
export function plainSampleOf(draft: SpanDraft): SiteSample {
  const span = spanOf(draft);
  return { span, endTimeUs: endTimeUs(span), inference: undefined };
}
