import { keyMask } from '../columns/attributeValue';
import type { BlockView } from '../columns/blockView';
import { rangeOf } from '../columns/rangeOf';
import { type Inference, type InferenceDefinition, predictionLabel, readLatency } from '../trace/inference';
import type { AttributeValue, Span } from '../trace/span';

/** What inferences have in common. */
export interface InferenceFacts {
  readonly services: ReadonlySet<string>;
  /** How many have a latency that cannot be read. */
  readonly unreadable: number;
}

/** The inferences of a block in the order in which they ended. */
export class BlockInferences {
  readonly #inferences: readonly RowInference[];
  #byRow: ReadonlyMap<number, RowInference> | undefined;
  /** Those of the traces that the store has; of no use when that has changed. */
  #live: readonly RowInference[] | undefined;
  #facts: InferenceFacts | undefined;

  constructor(view: BlockView, definition: InferenceDefinition) {
    const keys = {
      latency: view.refOf(definition.latencyAttribute),
      prediction: view.refOf(definition.predictionAttribute),
    };
    this.#inferences = rowsOfInferences(view, definition)
      .map((row) => new RowInference(view, row, { ...keys, definition }))
      .sort((a, b) => a.endTimeUs - b.endTimeUs);
  }

  /** Those that are there, as `has` says, the one that ended first first. */
  live(has: (inference: RowInference) => boolean): readonly RowInference[] {
    this.#live ??= this.#inferences.filter(has);
    return this.#live;
  }

  /** All, whether their traces are there or not. */
  get all(): readonly RowInference[] {
    return this.#inferences;
  }

  /** Of those that are there. */
  facts(has: (inference: RowInference) => boolean): InferenceFacts {
    if (!this.#facts) {
      const live = this.live(has);
      const services = new Set(live.map(({ service }) => service));
      const unreadable = live.filter(({ hasUnreadableLatency }) => hasUnreadableLatency).length;
      this.#facts = { services, unreadable };
    }
    return this.#facts;
  }

  /** The inference that a row is, if it is one. */
  at(row: number): RowInference | undefined {
    this.#byRow ??= new Map(this.#inferences.map((inference) => [inference.row, inference]));
    return this.#byRow.get(row);
  }

  /** Forgets which are there. */
  forget(): void {
    this.#live = undefined;
    this.#facts = undefined;
  }
}

interface InferenceKeys {
  readonly definition: InferenceDefinition;
  readonly latency: number;
  readonly prediction: number;
}

/** An inference at a row of a block. */
export class RowInference implements Inference {
  readonly #view: BlockView;
  readonly #predictionPlace: number;
  readonly row: number;
  /** Index of its trace in the block. */
  readonly trace: number;
  readonly endTimeUs: number;
  readonly storageLatencyMs: number | undefined;
  readonly hasUnreadableLatency: boolean;
  /** How many it stands for: 1 unless its source gave a sample. */
  weight = 1;

  constructor(view: BlockView, row: number, { definition, latency, prediction }: InferenceKeys) {
    this.#view = view;
    this.row = row;
    this.trace = view.traceOf(row);
    this.#predictionPlace = view.placeOf(row, prediction);
    const { startTimeUs, durationUs } = view.block.spans;
    this.endTimeUs = (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
    const read = readLatency(view.attribute(row, latency), definition.latencyUnit);
    this.storageLatencyMs = read.storageLatencyMs;
    this.hasUnreadableLatency = read.hasUnreadableLatency;
  }

  get span(): Span {
    return this.#view.span(this.row);
  }

  get startTimeUs(): number {
    return this.#view.block.spans.startTimeUs[this.row] ?? 0;
  }

  get durationUs(): number {
    return this.#view.block.spans.durationUs[this.row] ?? 0;
  }

  get service(): string {
    return this.#view.service(this.row);
  }

  /** Whether its span has a name. */
  isNamed(name: string): boolean {
    const ref = this.#view.refOf(name);
    return ref !== 0 && this.#view.block.spans.name[this.row] === ref;
  }

  get prediction(): string | undefined {
    if (this.#predictionPlace < 0) return undefined;
    return predictionLabel(this.#view.value(this.#view.block.spans.attributes, this.#predictionPlace));
  }

  /** Another attribute of the span. */
  attribute(key: string): AttributeValue | undefined {
    return this.#view.attribute(this.row, this.#view.refOf(key));
  }
}

/** As `isInference`: by name, or by both attributes. */
function rowsOfInferences(view: BlockView, definition: InferenceDefinition): number[] {
  const name = view.refOf(definition.spanName);
  const latency = view.refOf(definition.latencyAttribute);
  const prediction = view.refOf(definition.predictionAttribute);
  const { name: names, attributes } = view.block.spans;
  const rows: number[] = [];
  for (let row = 0; row < names.length; row++) {
    const isNamed = name !== 0 && names[row] === name;
    if (isNamed || hasBoth(attributes, row, [latency, prediction])) rows.push(row);
  }
  return rows;
}

function hasBoth(
  { ends, keys }: BlockView['block']['spans']['attributes'],
  row: number,
  [one, other]: readonly [number, number],
): boolean {
  if (one === 0 || other === 0) return false;
  const [from, to] = rangeOf(ends, row);
  let [hasOne, hasOther] = [false, false];
  for (let i = from; i < to; i++) {
    const key = (keys[i] ?? 0) & keyMask;
    hasOne ||= key === one;
    hasOther ||= key === other;
  }
  return hasOne && hasOther;
}
