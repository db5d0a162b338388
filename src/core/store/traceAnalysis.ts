import { SpanClassifier } from '../classify/spanClassifier';
import type { BlockView } from '../columns/blockView';
import type { AnswerFacts } from '../genai/answerFacts';
import { answerLabel } from '../genai/answerLabel';
import type { InferenceDefinition } from '../trace/inference';
import { BlockTimes } from './blockTimes';
import type { HeldBlock } from './heldBlock';
import { JoinedFacts } from './joinedFacts';
import type { Place } from './joinedTrace';
import { modelCallRows } from './modelCallRows';
import { type SiteRow, type SiteSplit, siteSplit } from './siteSplit';
import type { Analyse, StoreAnalysis } from './storeAnalysis';
import { TimesCache } from './timesCache';

/** The analysis of a store: what spans are by the definition's rules and the conventions, and what language models said. */
export const analyse: Analyse = (definition, piecesOf) => new TraceAnalysis(definition, piecesOf);

class TraceAnalysis implements StoreAnalysis {
  readonly #classifier: SpanClassifier;
  readonly #cache = new TimesCache();
  readonly #joined: JoinedFacts;
  readonly #times = new WeakMap<HeldBlock, BlockTimes>();

  constructor(definition: InferenceDefinition, piecesOf: (traceId: string) => readonly Place[]) {
    this.#classifier = new SpanClassifier(definition.classify);
    this.#joined = new JoinedFacts(piecesOf, (held) => this.timesOf(held));
  }

  timesOf(held: HeldBlock): BlockTimes {
    let times = this.#times.get(held);
    if (!times) {
      times = new BlockTimes(held, {
        classifier: this.#classifier,
        cache: this.#cache,
        joined: this.#joined,
      });
      this.#times.set(held, times);
    }
    return times;
  }

  siteSplit(newest: readonly SiteRow[]): SiteSplit | undefined {
    return siteSplit(newest, (held) => this.timesOf(held));
  }

  answerLabel(facts: AnswerFacts): string | undefined {
    return answerLabel(facts);
  }

  modelCalls(view: BlockView, others: readonly number[]): readonly number[] {
    return modelCallRows(view, others);
  }

  isCounted(held: HeldBlock, row: number): boolean {
    return this.#joined.isCounted(held, row);
  }

  forget(traceId: string): void {
    this.#joined.forget(traceId);
  }
}
