import { asObject, own } from '../../core/decode/jsonValue';
import type { Storage } from '../../platform/storage';
import { type Grouping, groupings } from './model';

const key = 'whyspan.explorer.grouping';
const version = 1;

/** How traces were last grouped in this workspace; by service when that is not known. */
export function readGrouping(storage: Storage): Grouping {
  const kept = asObject(storage.get(key));
  const grouping = kept && own(kept, 'version') === version ? own(kept, 'grouping') : undefined;
  return groupings.find((known) => known === grouping) ?? 'service';
}

/** Keeps how traces are grouped, over reloads. */
export async function writeGrouping(storage: Storage, grouping: Grouping): Promise<void> {
  await storage.update(key, { version, grouping });
}
