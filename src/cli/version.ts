import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, asString, own } from '../core/decode/jsonValue';

/** The version in the package.json of Whyspan, which is above `dist` and above `src`. */
export function version(): string {
  for (const above of ['..', '../..']) {
    const json = asObject(readJson(join(__dirname, above, 'package.json')));
    if (json && own(json, 'name') === 'whyspan') return asString(own(json, 'version')) ?? 'unknown';
  }
  return 'unknown';
}

function readJson(path: string): unknown {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return json;
  } catch {
    return undefined;
  }
}
