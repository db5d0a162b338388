import { SpanClassifier } from '../../src/core/classify/spanClassifier';
import { classShares } from '../../src/core/classify/timeSplit';
import { timesOfTrace } from '../../src/core/classify/timesOfTrace';
import { type SpanDraft, traceOf } from '../unit/core/spanOf';
import { storeOf } from '../unit/core/store/storeOf';
import { inTurns, type Measurement, median, spread } from './support/compare';

const rounds = 7;
const s3 = { 'rpc.system': 'aws-api', 'rpc.service': 'S3', 'rpc.method': 'GetObject' };

/** A trace as a service with botocore, Redis and a model makes it. */
function drafts(trace: number): readonly SpanDraft[] {
  const at = trace * 2000;
  const span = (id: number, parent: number, from: number, to: number, more: SpanDraft): SpanDraft => ({
    ...{ id: trace * 10 + id, startTimeUs: at + from, durationUs: to - from, ...more },
    ...(parent === 0 ? {} : { parent: trace * 10 + parent }),
  });
  const http = { 'http.request.method': 'GET', 'url.full': `https://b.s3.eu-west-1.amazonaws.com/${trace}` };
  return [
    span(1, 0, 0, 1000, { name: 'ai_inference_pipeline', attributes: { model_prediction: 'cat' } }),
    span(2, 1, 10, 500, { name: 'load_features' }),
    span(3, 2, 20, 400, { name: 'S3.GetObject', kind: 'client', attributes: s3 }),
    span(4, 3, 30, 390, { name: 'GET', kind: 'client', attributes: http }),
    span(5, 4, 200, 300, { name: 'GET', kind: 'server', service: 'minio' }),
    span(6, 2, 400, 490, { name: 'GET', kind: 'client', attributes: { 'db.system': 'redis' } }),
    span(7, 1, 500, 520, { name: 'preprocess' }),
    span(8, 1, 520, 900, { name: 'run_model' }),
    span(9, 8, 530, 880, { name: 'forward' }),
    span(10, 1, 900, 990, { name: 'publish', kind: 'producer', attributes: { 'messaging.system': 'kafka' } }),
  ];
}

/** Classes and splits of 10,000 traces as objects, the derived latencies of as many in a store, and one trace of 100,000 spans. */
export async function bench(): Promise<Measurement[]> {
  const traces = Array.from({ length: 10_000 }, (_, i) => traceOf(drafts(i), i + 1));
  const { store } = storeOf();
  store.add(traces, 0);
  const large = traceOf(Array.from({ length: 10_000 }, (_, i) => drafts(i)).flat());
  const classifier = new SpanClassifier();
  const works: Readonly<Record<string, () => number>> = {
    'classes and split of 10,000 traces of 10 spans': () => {
      for (const trace of traces)
        if (classShares(timesOfTrace(trace, classifier).whole).length < 3) throw new Error('no split');
      return traces.length;
    },
    'derived latencies of 10,000 inferences in a store': () => {
      // Read anew: nothing is left of the round before.
      const definition = { spanName: 'ai_inference_pipeline', latencyAttribute: 'storage_latency_ms' };
      store.configure(
        { ...definition, predictionAttribute: 'model_prediction', latencyUnit: 'ms' },
        { maxAgeUs: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY },
        0,
      );
      const { length } = store.signal('storage_latency_ms');
      if (length !== 10_000) throw new Error('not derived');
      return length;
    },
    'classes and split of a trace of 100,000 spans': () => {
      const { length } = classShares(timesOfTrace(large, classifier).whole);
      if (length < 3) throw new Error('no split');
      return length;
    },
  };
  const times = inTurns(Object.values(works), rounds);
  return Object.keys(works).map((name, i) => {
    console.log(`${name}: ${spread(times[i] ?? [])} ms`);
    return { name, value: median(times[i] ?? []), unit: 'ms', limit: 1000 };
  });
}
