import { analyse } from '../../../../src/core/store/traceAnalysis';
import { type StoreChange, type StoreLimits, TraceStore } from '../../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { type SpanDraft, traceOf } from '../spanOf';

/** The name that makes a span an inference. */
export const inferenceName = defaultInferenceDefinition.spanName;

/** A store that keeps everything unless limits are given, and the changes that it told. */
export function storeOf(limits: Partial<StoreLimits> = {}): { store: TraceStore; changes: StoreChange[] } {
  const everything = { maxAgeUs: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };
  const store = new TraceStore({
    definition: defaultInferenceDefinition,
    limits: { ...everything, ...limits },
  });
  store.analyseWith(analyse);
  const changes: StoreChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { store, changes };
}

/** A trace of one inference that ended at a time, with a latency. */
export function inferenceTrace(id: number, endUs: number, latencyMs: number, draft: SpanDraft = {}) {
  const attributes = { storage_latency_ms: latencyMs, ...draft.attributes };
  return traceOf(
    [{ name: inferenceName, startTimeUs: endUs - 10, durationUs: 10, ...draft, id, attributes }],
    id,
  );
}
