import type { RowInference } from './blockInferences';
import { firstAfter } from './firstAfter';
import type { HeldBlock } from './heldBlock';
import type { InferenceQuery } from './traceStore';

/** The inferences of all blocks, put in order as far as they are asked for. */
export class HeldInferences {
  readonly #blocks: Iterable<HeldBlock>;
  /** All of them; of no use after a change. */
  #all: readonly RowInference[] | undefined;

  constructor(blocks: Iterable<HeldBlock>) {
    this.#blocks = blocks;
  }

  /** Those that a query asks for, the one that ended first first. */
  query({ service, afterUs, toUs }: InferenceQuery): readonly RowInference[] {
    if (service === undefined && afterUs === undefined && toUs === undefined) {
      this.#all ??= this.#between(undefined, undefined);
      return this.#all;
    }
    const within = this.#between(afterUs, toUs);
    return service === undefined ? within : within.filter((inference) => inference.service === service);
  }

  /** Of those that are held: the services, how many there are, and how many have a latency that cannot be read. */
  facts(): { readonly services: ReadonlySet<string>; readonly count: number; readonly unreadable: number } {
    const services = new Set<string>();
    let [count, unreadable] = [0, 0];
    for (const held of this.#blocks) {
      const facts = held.inferenceFacts;
      for (const service of facts.services) services.add(service);
      count += held.liveInferences.length;
      unreadable += facts.unreadable;
    }
    return { services, count, unreadable };
  }

  /** Forgets what was put in order, since what is held has changed. */
  forget(): void {
    this.#all = undefined;
  }

  #between(afterUs: number | undefined, toUs: number | undefined): readonly RowInference[] {
    const runs: (readonly RowInference[])[] = [];
    for (const { liveInferences: live } of this.#blocks) {
      const from = afterUs === undefined ? 0 : firstAfter(live, afterUs);
      const to = toUs === undefined ? live.length : firstAfter(live, toUs);
      if (from < to) runs.push(from === 0 && to === live.length ? live : live.slice(from, to));
    }
    // Each block's are in order already, and most of one's are before all of the next one's: this sort makes use of both.
    runs.sort(([a], [b]) => (a?.endTimeUs ?? 0) - (b?.endTimeUs ?? 0));
    return runs.flat().sort((a, b) => a.endTimeUs - b.endTimeUs);
  }
}
