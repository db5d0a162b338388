import type { RowInference } from './blockInferences';
import { firstAfter } from './firstAfter';
import type { HeldBlock } from './heldBlock';
import type { InferenceQuery } from './inferenceQuery';
import { mergeRuns } from './mergeRuns';

/** A query, of which any part may be missing. */
type Bounds = { readonly [key in keyof InferenceQuery]?: InferenceQuery[key] | undefined };

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
    if (service !== undefined || afterUs !== undefined || toUs !== undefined)
      return this.#between({ service, afterUs, toUs });
    this.#all ??= this.#between({});
    return this.#all;
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

  #between({ service, afterUs, toUs }: Bounds): readonly RowInference[] {
    const runs: (readonly RowInference[])[] = [];
    for (const held of this.#blocks) {
      const live = inferencesOf(held, service);
      const from = afterUs === undefined ? 0 : firstAfter(live, afterUs);
      const to = toUs === undefined ? live.length : firstAfter(live, toUs);
      if (from < to) runs.push(from === 0 && to === live.length ? live : live.slice(from, to));
    }
    return mergeRuns(runs.sort(([a], [b]) => (a?.endTimeUs ?? 0) - (b?.endTimeUs ?? 0)));
  }
}

/** The inferences that a block has of a service, which is mostly all of them. */
function inferencesOf(held: HeldBlock, service: string | undefined): readonly RowInference[] {
  const { services } = held.inferenceFacts;
  if (service === undefined || (services.size === 1 && services.has(service))) return held.liveInferences;
  if (!services.has(service)) return [];
  return held.liveInferences.filter((inference) => inference.service === service);
}
