import type { TimeSplit } from '../classify/timeSplit';
import type { BlockView } from '../columns/blockView';
import { rangeOf } from '../columns/rangeOf';
import { type Inference, type InferenceDefinition, predictionLabel, readLatency } from '../trace/inference';
import type { AttributeValue, Span, SpanEvent } from '../trace/span';
import type { BlockReading, HeldBlock } from './heldBlock';
import { rowsOfInferences } from './rowsOfInferences';
import type { RowTimes, StoreAnalysis } from './storeAnalysis';

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

  /** Reads those of a block. */
  constructor(held: HeldBlock, { definition, analysis }: BlockReading) {
    const { view } = held;
    const reading = {
      ...{ held, definition, analysis, isModelCall: false },
      latency: view.refOf(definition.latencyAttribute),
      prediction: view.refOf(definition.predictionAttribute),
    };
    const ofModelCalls = { ...reading, isModelCall: true };
    const defined = rowsOfInferences(view, definition);
    const modelCalls = analysis?.modelCalls(view, defined) ?? [];
    this.#inferences = [
      ...defined.map((row) => new RowInference(view, row, reading)),
      ...modelCalls.map((row) => new RowInference(view, row, ofModelCalls)),
    ].sort((one, other) => one.endTimeUs - other.endTimeUs);
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

/** How the inferences of a block are read. */
interface Reading {
  readonly definition: InferenceDefinition;
  readonly latency: number;
  readonly prediction: number;
  readonly held: HeldBlock;
  readonly analysis: StoreAnalysis | undefined;
  /** It is one because it calls a language model, in a trace (as far as it lies here) that has no other. */
  readonly isModelCall: boolean;
}

/** An inference at a row of a block. */
export class RowInference implements Inference {
  readonly #view: BlockView;
  readonly #reading: Reading;
  readonly #predictionPlace: number;
  /** `derivable`: there is no attribute, and nobody has asked yet. */
  #latencyMs: number | undefined | 'derivable';
  /** `false` until it is read. */
  #answer: string | undefined | false = false;
  readonly row: number;
  /** Index of its trace in the block. */
  readonly trace: number;
  readonly endTimeUs: number;
  readonly isLatencyAbsent: boolean;
  readonly hasUnreadableLatency: boolean;
  /** How many it stands for: 1 unless its source gave a sample. */
  weight = 1;

  constructor(view: BlockView, row: number, reading: Reading) {
    this.#view = view;
    this.#reading = reading;
    this.row = row;
    this.trace = view.traceOf(row);
    this.#predictionPlace = view.placeOf(row, reading.prediction);
    const { startTimeUs, durationUs } = view.block.spans;
    this.endTimeUs = (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
    const value = view.attribute(row, reading.latency);
    const read = readLatency(value, reading.definition.latencyUnit);
    this.isLatencyAbsent = value === undefined;
    this.#latencyMs = this.isLatencyAbsent ? 'derivable' : read.storageLatencyMs;
    this.hasUnreadableLatency = read.hasUnreadableLatency;
  }

  /** It is one because it calls a language model. */
  get isModelCall(): boolean {
    return this.#reading.isModelCall;
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

  get storageLatencyMs(): number | undefined {
    if (this.#latencyMs === 'derivable') {
      const us = this.#times?.storageUsOf(this.row);
      this.#latencyMs = us === undefined ? undefined : us / 1000;
    }
    return this.#latencyMs;
  }

  /** Has it derived anew, since its trace has grown. */
  forgetDerived(): void {
    if (this.isLatencyAbsent) this.#latencyMs = 'derivable';
  }

  get isLatencyDerived(): boolean {
    return this.isLatencyAbsent && this.storageLatencyMs !== undefined;
  }

  get timeSplit(): TimeSplit | undefined {
    return this.#times?.splitOf(this.row);
  }

  get prediction(): string | undefined {
    if (this.#predictionPlace >= 0)
      return predictionLabel(this.#view.value(this.#view.block.spans.attributes, this.#predictionPlace));
    if (this.#answer === false) {
      const answer = this.#reading.analysis?.answerLabel(this);
      this.#answer = answer === undefined ? undefined : predictionLabel(answer);
    }
    return this.#answer;
  }

  /** Another attribute of the span. */
  attribute(key: string): AttributeValue | undefined {
    return this.#view.attribute(this.row, this.#view.refOf(key));
  }

  get events(): readonly SpanEvent[] {
    return this.#hasEvents ? this.span.events : [];
  }

  get #hasEvents(): boolean {
    const [from, to] = rangeOf(this.#view.block.spans.eventEnds, this.row);
    return from < to;
  }

  get #times(): RowTimes | undefined {
    return this.#reading.analysis?.timesOf(this.#reading.held);
  }
}
