import { decodeRules } from '../../src/core/alerts/decodeRules';
import { evaluateConditions } from '../../src/core/alerts/evaluateConditions';
import { isAnomalous } from '../../src/core/alerts/isAnomalous';
import type { AnomalyEvaluator, Rule } from '../../src/core/alerts/rule';
import { RuleValues } from '../../src/core/alerts/ruleValues';
import { ValueWindow } from '../../src/core/alerts/valueWindow';
import type { TraceStore } from '../../src/core/store/traceStore';
import { inferenceTrace, storeOf } from '../unit/core/store/storeOf';
import { type Measurement, median, spread, timeMs } from './support/compare';

const values = 100_000;
const services = Array.from({ length: 10 }, (_, i) => `service-${i}`);
const minuteUs = 60_000_000;
const rounds = 15;

/** Numbers in [0, 1), the same each time (Park and Miller's minimal standard). */
function lots(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

/** An hour of inferences, ten services in turn. */
function storeWith(count: number): {
  readonly store: TraceStore;
  readonly add: (more: number) => number;
} {
  const { store, changes } = storeOf();
  const random = lots(1);
  let next = 0;
  const stepUs = (60 * minuteUs) / values;
  const add = (more: number) => {
    const traces = Array.from({ length: more }, () => {
      const id = next++;
      const service = services[id % services.length] ?? '';
      const attributes = { model_prediction: `class-${id % 7}`, confidence: random() };
      return inferenceTrace(id + 1, Math.round(id * stepUs) + 1000, 20 + 60 * random(), {
        service,
        attributes,
      });
    });
    store.add(traces, 0);
    return Math.round(next * stepUs);
  };
  for (let done = 0; done < count; done += 1000) add(1000);
  changes.length = 0;
  return { store, add };
}

/** A hundred rules, no two alike: all reducers, windows of a minute to an hour, all services and single ones, several conditions. */
function hundredRules(): readonly Rule[] {
  const reducers = ['avg', 'p95', 'max', 'median', 'count', 'p99', 'last', 'min', 'p90', 'diff'];
  const windows = ['1m', '5m', '15m', '60m'];
  const signals = [
    { signal: 'attribute' },
    { signal: 'attribute' },
    { signal: 'span_duration' },
    { signal: 'prediction_share', label: 'class-1', reducer: 'avg' },
    { signal: 'error_share', reducer: 'avg' },
  ];
  const entries = Array.from({ length: 100 }, (_, i) => ({
    ...{ name: `Rule ${i}`, reducer: reducers[i % 10], window: windows[i % 4] },
    ...(i % 3 === 0 ? { service: services[i % 10] } : {}),
    ...signals[i % 5],
    dialect: i % 2 === 0 ? 'unified' : 'legacy',
    conditions: [
      { evaluator: { type: 'gt', params: [1000 + i] } },
      ...(i % 5 === 0 ? [{ evaluator: { type: 'lt', params: [-i - 1] }, operator: 'or' }] : []),
    ],
  }));
  const { rules, problems } = decodeRules(entries, { latencyAttribute: 'storage_latency_ms' });
  if (rules.length !== 100) throw new Error(problems.join('\n'));
  return rules;
}

function evaluationTimes(): readonly number[] {
  const { store, add } = storeWith(values);
  const rules = hundredRules();
  return Array.from({ length: rounds + 5 }, () => {
    // What a poll brought since the evaluation before.
    const nowUs = add(1000);
    return timeMs(() => {
      const read = new RuleValues(store.values, rules, nowUs);
      return rules.map((rule) => evaluateConditions(rule, read));
    });
  }).slice(5);
}

const evaluator: AnomalyEvaluator = {
  ...{ type: 'anomaly', baselineUs: 1, falseAlarmRate: 0.01, direction: 'up' },
  // The test alone: that small changes are left out makes it only quieter.
  leastChange: 0,
};

type Series = (count: number, random: () => number) => number[];

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const pareto: Series = (count, random) =>
  Array.from({ length: count }, () => 20 * (1 - random()) ** (-1 / 1.5));
const logNormal: Series = (count, random) =>
  Array.from({ length: count }, () => 40 * Math.exp(1.2 * normal(random)));
const persistent: Series = (count, random) => {
  let state = normal(random);
  return Array.from({ length: count }, () => {
    state = 0.5 * state + Math.sqrt(0.75) * normal(random);
    return 40 * Math.exp(0.8 * state);
  });
};

/** The share of evaluations that fire, each of a series of its own: twelve windows before, and one now that is so much higher. */
function firingShare(series: Series, factor: number, rounds: number): number {
  const random = lots(11);
  const size = 60;
  let fired = 0;
  for (let round = 0; round < rounds; round++) {
    const all = series(13 * size, random).map((value, i) => (i >= 12 * size ? value * factor : value));
    const column = {
      ...{ weight: undefined, value: Float64Array.from(all) },
      timeUs: Float64Array.from(all.keys()),
    };
    const before = new ValueWindow({ columns: [column] }, -1, 12 * size - 1);
    const now = new ValueWindow({ columns: [column] }, 12 * size - 1, 13 * size);
    if (isAnomalous({ before, now }, 'median', evaluator, round).isAnomalous) fired++;
  }
  return fired / rounds;
}

function averageAlarms(series: Series): number {
  const random = lots(5);
  let fired = 0;
  const rounds = 10_000;
  for (let round = 0; round < rounds; round++) {
    const column = {
      ...{ weight: undefined, value: Float64Array.from(series(390, random)) },
      timeUs: Float64Array.from({ length: 390 }, (_, i) => i),
    };
    const [before, now] = [
      new ValueWindow({ columns: [column] }, -1, 359),
      new ValueWindow({ columns: [column] }, 359, 390),
    ];
    if (isAnomalous({ before, now }, 'avg', evaluator, round).isAnomalous) fired++;
  }
  return fired / rounds;
}

export async function bench(): Promise<Measurement[]> {
  const times = evaluationTimes();
  console.log(`100 rules over ${values} values after 1,000 new ones: ${spread(times)} ms`);
  // The rate that is stated, and three standard errors of so many evaluations.
  const limit = 0.01 + 3 * Math.sqrt((0.01 * 0.99) / 10_000);
  const shares = [
    { name: 'false alarms stated as 1 %, averages, Pareto tails (α = 1.5)', value: averageAlarms(pareto) },
    { name: 'false alarms stated as 1 %, averages, log-normal (σ = 1.2)', value: averageAlarms(logNormal) },
    { name: 'false alarms stated as 1 %, medians, Pareto tails', value: firingShare(pareto, 1, 10_000) },
    { name: 'false alarms stated as 1 %, medians, log-normal', value: firingShare(logNormal, 1, 10_000) },
  ];
  return [
    {
      name: '100 rules over 100,000 values, after a poll of 1,000',
      value: median(times),
      unit: 'ms',
      limit: 10,
    },
    ...shares.map((share) => ({ ...share, value: share.value * 100, unit: '%', limit: limit * 100 })),
    {
      name: 'false alarms where each value is half of the one before (AR 0.5), medians',
      value: firingShare(persistent, 1, 10_000) * 100,
      unit: '%',
      limit: 3,
    },
    {
      name: 'shifts to the double that one window of 60 does not show, medians, Pareto tails',
      value: (1 - firingShare(pareto, 2, 1000)) * 100,
      unit: '%',
      limit: 5,
    },
  ];
}
