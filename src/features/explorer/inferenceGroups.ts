import type { Inference } from '../../core/trace/inference';
import { type Grouping, groupInferences, matchesFilter, type TraceFilter } from './model';

/** What is shown of inferences. */
export interface Shown {
  readonly filter: TraceFilter;
  readonly grouping: Grouping;
  readonly thresholdMs: number | undefined;
}

type Groups = ReturnType<typeof groupInferences>;

/**
 * Groups the inferences that are shown, once for all that ask until something else is to be shown: a tree asks for each group that is open.
 * What was made is held weakly, since it keeps what the store has let go.
 */
export class InferenceGroups {
  #inferences: WeakRef<readonly Inference[]> | undefined;
  #groups: WeakRef<Groups> | undefined;
  #shown: Shown | undefined;

  of(inferences: readonly Inference[], shown: Shown): Groups {
    const known = this.#inferences?.deref() === inferences && isSame(this.#shown, shown);
    const groups = known ? this.#groups?.deref() : undefined;
    if (groups) return groups;
    const { filter, grouping, thresholdMs } = shown;
    const passed = inferences.filter((inference) => matchesFilter(inference, filter, thresholdMs));
    const made = groupInferences(passed, grouping, thresholdMs);
    this.#inferences = new WeakRef(inferences);
    this.#groups = new WeakRef(made);
    this.#shown = shown;
    return made;
  }
}

function isSame(a: Shown | undefined, b: Shown): boolean {
  return a?.filter === b.filter && a.grouping === b.grouping && a.thresholdMs === b.thresholdMs;
}
