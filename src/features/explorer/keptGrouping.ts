import { asObject, own } from '../../core/decode/jsonValue';
import { type Grouping, groupings } from './model';

const key = 'whyspan.explorer.grouping';
const version = 1;

/** Where the choice is kept: VS Code's Memento has this shape. */
export interface GroupingStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How traces were last grouped in this workspace; by service when that is not known. */
export function readGrouping(storage: GroupingStorage): Grouping {
  const kept = asObject(storage.get(key));
  const grouping = kept && own(kept, 'version') === version ? own(kept, 'grouping') : undefined;
  return groupings.find((known) => known === grouping) ?? 'service';
}

/** Keeps how traces are grouped, over reloads. */
export async function writeGrouping(storage: GroupingStorage, grouping: Grouping): Promise<void> {
  await storage.update(key, { version, grouping });
}
