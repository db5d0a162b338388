import {
  defaultInferenceDefinition,
  type InferenceDefinition,
  type LatencyUnit,
} from '../core/trace/inference';
import { usageError } from './usageError';

/** What the options say about inferences, unread. */
export interface InferenceOptions {
  readonly 'span-name'?: string | undefined;
  readonly 'latency-attribute'?: string | undefined;
  readonly 'prediction-attribute'?: string | undefined;
  readonly 'latency-unit'?: string | undefined;
}

const units: readonly LatencyUnit[] = ['ms', 's', 'us'];

/** What counts as an inference: the user's names, else those of the article. Throws a CliError 'usage'. */
export function inferenceOf(options: InferenceOptions): InferenceDefinition {
  const unit = options['latency-unit'] ?? defaultInferenceDefinition.latencyUnit;
  const latencyUnit = units.find((known) => known === unit);
  if (latencyUnit === undefined) throw usageError(`--latency-unit is one of ${units.join(', ')}`);
  return {
    spanName: nameOf(options, 'span-name') ?? defaultInferenceDefinition.spanName,
    latencyAttribute: nameOf(options, 'latency-attribute') ?? defaultInferenceDefinition.latencyAttribute,
    predictionAttribute:
      nameOf(options, 'prediction-attribute') ?? defaultInferenceDefinition.predictionAttribute,
    latencyUnit,
  };
}

function nameOf(
  options: InferenceOptions,
  option: 'span-name' | 'latency-attribute' | 'prediction-attribute',
): string | undefined {
  const name = options[option];
  if (name?.trim() === '') throw usageError(`--${option} is empty`);
  return name;
}
