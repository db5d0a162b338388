import type { SiteSummary } from '../../../../src/core/store/siteSummary';
import type { Span } from '../../../../src/core/trace/span';
import { makeTrace } from '../../../../src/core/trace/trace';
import { type SpanDraft, spanOf, traceId } from '../../core/spanOf';
import { storeOf } from '../../core/store/storeOf';
import { type InferenceDraft, inferenceOf } from '../explorer/inferenceOf';

/** A span that is an inference. */
export function sampleOf(draft: InferenceDraft): Span {
  return inferenceOf(draft).span;
}

/** A span that is none. */
export function plainSampleOf(draft: SpanDraft): Span {
  return spanOf(draft);
}

/** A store of spans, each in a trace of its own, and the keys of their sites. */
export function storeWith(spans: readonly Span[]) {
  const { store } = storeOf();
  const traces = spans.flatMap((span, i) => {
    const id = traceId(i + 1);
    return makeTrace(id, [{ ...span, traceId: id }])?.trace ?? [];
  });
  store.add(traces, 0);
  return { store, keys: store.sites().map(({ key }) => key) };
}

/** What a store knows of such spans. */
export function summaryOf(spans: readonly Span[]): SiteSummary {
  const { store, keys } = storeWith(spans);
  return store.summary(keys);
}
