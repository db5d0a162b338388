import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import { TraceStore } from '../../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import type { AttributeValue } from '../../../../src/core/trace/span';
import { makeTrace } from '../../../../src/core/trace/trace';
import type { ChartInput } from '../../../../src/features/latencyChart/model';

/** 2025-10-03 12:05:00 UTC: “now” in the tests of the chart. */
export const nowMs = Date.UTC(2025, 9, 3, 12, 5);
export const minuteMs = 60_000;

/** An inference as a test describes it. */
export interface TestInference {
  /** Before `nowMs`, at which it ended. */
  readonly agoMs: number;
  readonly value: AttributeValue;
  readonly service?: string;
  readonly prediction?: string;
}

/** A store with one trace per inference. */
export function storeOf(inferences: readonly TestInference[]): TraceStore {
  const store = new TraceStore({
    definition: defaultInferenceDefinition,
    limits: { maxAgeUs: 7 * 24 * 3600e6, maxBytes: 1e10 },
  });
  store.add(
    inferences.flatMap((inference, index) => makeInferenceTrace(inference, index)),
    nowMs * 1000,
  );
  return store;
}

/** What the model is given, as far as a test does not say otherwise. */
export function inputOf(
  inferences: readonly TestInference[],
  change: Partial<ChartInput> = {},
): ChartInput & { readonly store: TraceStore } {
  const store = storeOf(inferences);
  return {
    points: store.signal(change.rule?.attribute ?? defaultAlertRule.attribute),
    names: { quantity: 'storage_latency_ms', statistic: undefined, from: '', unit: 'ms' },
    metricsLine: undefined,
    alerts: { state: { ...initialAlertState, name: 'ok', sinceUs: (nowMs - minuteMs) * 1000 }, periods: [] },
    rule: defaultAlertRule,
    isAlertEnabled: true,
    inference: defaultInferenceDefinition,
    lookbackUs: 3600e6,
    source: {
      ...{ kind: 'ok', answeredAtUs: nowMs * 1000, services: ['recommender'] },
      ...{ leftOutServices: [], problemCount: 0 },
    },
    isPaused: false,
    answeredAtUs: nowMs * 1000,
    view: { range: '1h', frozenAtMs: undefined, isTableShown: false, columns: 1000 },
    nowMs,
    ...change,
    store,
  };
}

function makeInferenceTrace({ agoMs, value, service, prediction }: TestInference, index: number) {
  const traceId = (index + 1).toString(16).padStart(32, '0');
  const attributes = new Map<string, AttributeValue>([['storage_latency_ms', value]]);
  if (prediction !== undefined) attributes.set('model_prediction', prediction);
  const made = makeTrace(traceId, [
    {
      ...{ traceId, spanId: (index + 1).toString(16).padStart(16, '0'), parentSpanId: undefined },
      ...{ name: 'ai_inference_pipeline', kind: 'internal', service: service ?? 'recommender' },
      ...{ resource: new Map(), startTimeUs: (nowMs - agoMs) * 1000 - 5000, durationUs: 5000 },
      ...{ status: 'unset', statusMessage: undefined, attributes, events: [], links: [], warnings: [] },
    },
  ]);
  return made ? [made.trace] : [];
}
