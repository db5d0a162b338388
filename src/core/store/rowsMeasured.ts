import type { RuleSignal } from '../alerts/rule';
import type { Selection } from '../alerts/valueColumn';
import { type InferenceDefinition, readLatency, readNumber } from '../trace/inference';
import { spanStatuses } from '../trace/span';
import type { RowInference } from './blockInferences';
import type { HeldBlock } from './heldBlock';
import { attributeMeasure, type InferenceMeasure } from './inferenceMeasure';

/** A value, when the span that has it ended, and where that lies in its block. */
export interface MeasuredRow {
  readonly row: number;
  readonly timeUs: number;
  readonly value: number;
  /** How many it stands for. */
  readonly weight: number;
}

/** The values that a block has of a signal, the one that ended first first: of its inferences, or of spans of another operation. */
export function rowsMeasured(
  held: HeldBlock,
  selection: Selection,
  definition: InferenceDefinition,
): readonly MeasuredRow[] {
  const { signal, service, operation } = selection;
  const isOther = operation !== '' && operation !== definition.spanName;
  if (isOther && isOfSpans(signal)) return spansMeasured(held, selection, definition);
  const measure = inferenceMeasure(signal, held, definition);
  const measured: MeasuredRow[] = [];
  for (const inference of held.liveInferences) {
    if (service !== '' && inference.service !== service) continue;
    if (operation !== '' && !inference.isNamed(operation)) continue;
    const value = measure(inference);
    if (value === undefined || Number.isNaN(value)) continue;
    measured.push({ row: inference.row, timeUs: inference.endTimeUs, value, weight: inference.weight });
  }
  return measured;
}

/** The one place that says what a signal is of an inference; `undefined` where it has none. */
function inferenceMeasure(
  signal: RuleSignal,
  { view }: HeldBlock,
  definition: InferenceDefinition,
): InferenceMeasure {
  switch (signal.kind) {
    case 'attribute':
    case 'confidence':
      return attributeMeasure(signal.name, definition);
    case 'derived_storage_latency':
      return (inference: RowInference) => inference.storageLatencyMs;
    case 'span_duration':
      return (inference) => inference.durationUs / 1000;
    case 'error_share': {
      const { status } = view.block.spans;
      return (inference) => (status[inference.row] === errorStatus ? 1 : 0);
    }
    case 'prediction_share':
      return ({ prediction }) => (prediction === undefined ? undefined : prediction === signal.label ? 1 : 0);
  }
}

const errorStatus = spanStatuses.indexOf('error');

/** What spans have that are no inferences. */
function isOfSpans({ kind }: RuleSignal): boolean {
  return kind === 'attribute' || kind === 'span_duration' || kind === 'error_share';
}

function spansMeasured(
  held: HeldBlock,
  { signal, service, operation }: Selection,
  definition: InferenceDefinition,
): readonly MeasuredRow[] {
  const { view } = held;
  const { name, startTimeUs, durationUs } = view.block.spans;
  const wanted = view.refOf(operation);
  if (wanted === 0) return [];
  const measured: MeasuredRow[] = [];
  const measure = spanMeasure(signal, held, definition);
  for (let row = 0; row < name.length; row++) {
    if (name[row] !== wanted || (service !== '' && view.service(row) !== service)) continue;
    const trace = view.traceOf(row);
    if (!held.has(trace) || !held.hasRow(row)) continue;
    const value = measure(row);
    if (value === undefined) continue;
    const timeUs = (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
    measured.push({ row, timeUs, value, weight: held.weights?.[trace] ?? 1 });
  }
  return measured.sort((a, b) => a.timeUs - b.timeUs);
}

function spanMeasure(
  signal: RuleSignal,
  { view }: HeldBlock,
  { latencyAttribute, latencyUnit }: InferenceDefinition,
): (row: number) => number | undefined {
  const { durationUs, status } = view.block.spans;
  switch (signal.kind) {
    case 'span_duration':
      return (row) => (durationUs[row] ?? 0) / 1000;
    case 'error_share':
      return (row) => (status[row] === errorStatus ? 1 : 0);
    case 'attribute': {
      const key = view.refOf(signal.name);
      return (row) => {
        const raw = view.attribute(row, key);
        if (signal.name === latencyAttribute) return readLatency(raw, latencyUnit).storageLatencyMs;
        return raw === undefined ? undefined : readNumber(raw);
      };
    }
    default:
      return () => undefined;
  }
}
