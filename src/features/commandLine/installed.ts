import { asArray, asObject, asString, own } from '../../core/decode/jsonValue';
import type { Storage } from '../../platform/storage';

const key = 'whyspan.commandLine';
const formatVersion = 1;

/** What was installed: where the commands are, and of which version and runtime the copy is that they start. */
export interface InstalledCommand {
  readonly paths: readonly string[];
  readonly version: string;
  readonly runtime: string;
}

/** What was installed; `undefined` when nothing is. */
export function readInstalled(storage: Storage): InstalledCommand | undefined {
  const kept = asObject(storage.get(key));
  if (!kept || own(kept, 'format') !== formatVersion) return undefined;
  const paths = asArray(own(kept, 'paths')).flatMap((path) => asString(path) ?? []);
  const version = asString(own(kept, 'version'));
  const runtime = asString(own(kept, 'runtime'));
  return paths.length > 0 && version !== undefined && runtime !== undefined
    ? { paths, version, runtime }
    : undefined;
}

/** Keeps what is installed, over updates. */
export async function writeInstalled(
  storage: Storage,
  installed: InstalledCommand | undefined,
): Promise<void> {
  await storage.update(key, installed && { format: formatVersion, ...installed });
}
