import { SpanClassifier } from '../classify/spanClassifier';
import { timesOfTrace } from '../classify/timesOfTrace';
import { answerLabel } from '../genai/answerLabel';
import { marksModelCall } from '../genai/modelCall';
import {
  type Inference,
  type InferenceDefinition,
  isInference,
  predictionLabel,
  readLatency,
} from './inference';
import { outermost } from './outermost';
import { endTimeUs, type Span } from './span';
import type { Trace } from './trace';

/**
 * All inferences of a trace, in the order of its spans. Several spans in one trace are several inferences. Where none is one by name or
 * attributes, the calls of language models are, those within another one aside.
 */
export function findInferences(trace: Trace, definition: InferenceDefinition): readonly Inference[] {
  const defined = trace.spans.filter((span) => isInference(span, definition));
  const found = defined.length > 0 ? defined : outermostModelCalls(trace);
  if (found.length === 0) return [];
  let made: ReturnType<typeof timesOfTrace> | undefined;
  const times = () => (made ??= timesOfTrace(trace, new SpanClassifier(definition.classify)));
  return found.map((span) => readInference(span, definition, times));
}

function outermostModelCalls({ spans }: Trace): readonly Span[] {
  const isCall = ({ attributes }: Span) => [...attributes].some(([key, value]) => marksModelCall(key, value));
  const calls = new Set(spans.filter(isCall).map(({ spanId }) => spanId));
  if (calls.size === 0) return [];
  const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  const kept = outermost(calls, (id) => parents.get(id));
  return spans.filter(({ spanId }) => kept.has(spanId));
}

function readInference(
  span: Span,
  definition: InferenceDefinition,
  times: () => ReturnType<typeof timesOfTrace>,
): Inference {
  const { attributes } = span;
  const prediction =
    attributes.get(definition.predictionAttribute) ??
    answerLabel({ attribute: (key) => attributes.get(key), events: span.events });
  const latency = attributes.get(definition.latencyAttribute);
  const recorded = readLatency(latency, definition.latencyUnit);
  const derivedUs = latency === undefined ? times().storageUsOf(span.spanId) : undefined;
  return {
    span,
    endTimeUs: endTimeUs(span),
    ...recorded,
    ...(derivedUs === undefined ? {} : { storageLatencyMs: derivedUs / 1000 }),
    isLatencyDerived: derivedUs !== undefined,
    prediction: prediction === undefined ? undefined : predictionLabel(prediction),
    get timeSplit() {
      return times().splitOf(span.spanId);
    },
  };
}
