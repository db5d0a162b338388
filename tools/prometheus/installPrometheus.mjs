// @ts-check
import path from 'node:path';
import { aptExtract } from '../bootstrap/aptExtract.mjs';
import { cacheDir } from '../bootstrap/cacheDir.mjs';
import { findOnPath, isExecutable } from '../bootstrap/findOnPath.mjs';
import { withLock } from '../bootstrap/lockFolder.mjs';
import { missing } from '../bootstrap/stepResult.mjs';

const HINT = 'install Prometheus, or set WHYSPAN_PROMETHEUS to its path';

/**
 * The Prometheus that is there already: WHYSPAN_PROMETHEUS, the cached one, or one on PATH.
 * @returns {string | undefined}
 */
export function findPrometheus() {
  const own = process.env.WHYSPAN_PROMETHEUS;
  if (own) return isExecutable(own) ? own : undefined;
  const cached = cachedPath();
  return isExecutable(cached) ? cached : findOnPath('prometheus');
}

/**
 * Finds a Prometheus, or takes that of the system's packages into the cache folder, where this needs no one's consent.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{path: string}>>}
 */
export async function installPrometheus() {
  const found = findPrometheus();
  if (found !== undefined) return { ok: true, path: found };
  const own = process.env.WHYSPAN_PROMETHEUS;
  if (own) return missing('Prometheus', `WHYSPAN_PROMETHEUS names ${own}, which is no program`);
  const target = cachedPath();
  await withLock(`${path.dirname(target)}.lock`, async () => {
    if (!isExecutable(target)) await aptExtract('prometheus', 'usr/bin/prometheus', target);
  });
  const installed = findPrometheus();
  return installed === undefined ? missing('Prometheus', HINT) : { ok: true, path: installed };
}

function cachedPath() {
  return path.join(cacheDir(), 'prometheus', 'prometheus');
}
