// @ts-check
import { spawnSync } from 'node:child_process';
import { findOnPath, isExecutable } from '../bootstrap/findOnPath.mjs';
import { missing } from '../bootstrap/stepResult.mjs';
import { buildJaeger, builtJaegerPath } from './buildJaeger.mjs';

/**
 * The Jaeger that is there already: WHYSPAN_JAEGER, the built one, or a Jaeger v2 on PATH.
 * @returns {string | undefined}
 */
export function findJaeger() {
  const own = process.env.WHYSPAN_JAEGER;
  if (own) return isExecutable(own) ? own : undefined;
  const built = builtJaegerPath();
  if (isExecutable(built)) return built;
  const onPath = findOnPath('jaeger');
  return onPath !== undefined && isVersion2(onPath) ? onPath : undefined;
}

/**
 * Finds a Jaeger, or builds one into the cache folder.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{path: string}>>}
 */
export async function installJaeger() {
  const found = findJaeger();
  if (found !== undefined) return { ok: true, path: found };
  const own = process.env.WHYSPAN_JAEGER;
  if (own) return missing('Jaeger', `WHYSPAN_JAEGER names ${own}, which is no program`);
  return buildJaeger();
}

/** @param {string} program */
function isVersion2(program) {
  const { status, stdout } = spawnSync(program, ['version'], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 && /"?gitVersion"?:"?v2\./.test(stdout); // v1's all-in-one takes other configuration files
}
