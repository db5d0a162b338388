import type { EntryReader } from './entryReader';
import {
  type Condition,
  comparisons,
  type Evaluator,
  type RuleReducer,
  type RuleSignal,
  ruleReducers,
  signalKinds,
} from './rule';

const secondUs = 1_000_000;
const weekUs = 168 * 3600 * secondUs;
/** Sums and counts also change with how much comes, and the extreme of all is in many rearrangements of them. */
const anomalyReducers: readonly RuleReducer[] = ['avg', 'median', 'p90', 'p95', 'p99'];
const anyNumber = [-1e12, 1e12] as const;

/** What conditions hold by that leave it out. */
export interface ConditionDefaults {
  /** The attribute with the storage latency. */
  readonly latencyAttribute: string;
}

/** Fields that a condition has; in the rule itself they hold for each condition that leaves them out. */
export function decodeCondition(reader: EntryReader, defaults: ConditionDefaults): Condition {
  const condition: Condition = {
    signal: decodeSignal(reader, defaults),
    service: reader.text('service', ''),
    operation: reader.text('operation', ''),
    reducer: reader.oneOf('reducer', ruleReducers, 'avg'),
    windowUs: reader.duration('window', 300 * secondUs, [secondUs, weekUs]),
    evaluator: decodeEvaluator(reader),
    operator: reader.oneOf('operator', ['and', 'or'], 'and'),
  };
  const { evaluator, reducer } = condition;
  if (evaluator.type === 'anomaly' && !anomalyReducers.some((known) => known === reducer))
    reader.reject('reducer', `of an anomaly is one of ${anomalyReducers.join(', ')}`, undefined);
  return condition;
}

function decodeSignal(reader: EntryReader, { latencyAttribute }: ConditionDefaults): RuleSignal {
  const kind = reader.oneOf('signal', signalKinds, 'attribute');
  const attribute = reader.text('attribute', '');
  const label = reader.text('label', '');
  switch (kind) {
    case 'attribute':
      return { kind, name: attribute || latencyAttribute };
    case 'confidence':
      return { kind, name: attribute || 'confidence' };
    case 'prediction_share':
      if (label === '') reader.reject('label', 'is missing: a share of which prediction?', undefined);
      return { kind, label };
    default:
      return { kind };
  }
}

function decodeEvaluator(reader: EntryReader): Evaluator {
  const evaluator = reader.object('evaluator');
  if (!evaluator) {
    if (reader.raw('evaluator') === undefined)
      reader.reject('evaluator', 'is missing, such as {"type": "gt", "params": [300]}', undefined);
    return { type: 'no_value' };
  }
  const type = evaluator.oneOf('type', [...comparisons, 'anomaly'], 'no_value');
  const params = paramsOf(evaluator);
  switch (type) {
    case 'gt':
    case 'lt':
      if (params.length !== 1) evaluator.reject('params', `of ${type} is not one number`, undefined);
      return { type, limit: params[0] ?? 0 };
    case 'within_range':
    case 'outside_range':
      if (params.length !== 2) evaluator.reject('params', `of ${type} are not two numbers`, undefined);
      return { type, limits: [params[0] ?? 0, params[1] ?? 0] };
    case 'no_value':
      return { type };
    case 'anomaly':
      return {
        type,
        baselineUs: evaluator.duration('baseline', 3600 * secondUs, [60 * secondUs, weekUs]),
        falseAlarmRate: evaluator.number('falseAlarmRate', 0.001, [1e-4, 0.1]),
        leastChange: evaluator.number('leastChange', 0.1, [0, 100]),
        direction: evaluator.oneOf('direction', ['up', 'down', 'both'], 'up'),
      };
  }
}

/** Grafana writes the numbers of an evaluator in a list, with ones that are of no meaning behind them. */
function paramsOf(evaluator: EntryReader): readonly number[] {
  const params = evaluator.raw('params') ?? [];
  const [min, max] = anyNumber;
  const isNumber = (each: unknown): each is number => typeof each === 'number' && each >= min && each <= max;
  if (Array.isArray(params) && params.every(isNumber)) return params;
  return evaluator.reject('params', `is not a list of numbers from ${min} to ${max}`, []);
}
