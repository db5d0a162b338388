// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../bootstrap/say.mjs';
import { ensureInferenceEnv } from '../inference/inferenceEnv.mjs';
import { startInference } from '../inference/startInference.mjs';
import { getOnce } from '../waitForHttp.mjs';

const ARRIVAL_LIMIT_MS = 10_000;

/**
 * Starts the sample service, exporting the first way by which its spans arrive at a Jaeger.
 * @param {Pick<import('./findOrStartJaeger.mjs').DemoJaeger, 'url' | 'ways'>} jaeger
 * @param {string} logFile
 * @param {import('./tellStory.mjs').ServiceEvents} events
 * @returns {Promise<import('./tellStory.mjs').StartedService>}
 */
export async function sendToJaeger({ url, ways }, logFile, { onLine, onArrival }) {
  for (const [i, way] of ways.entries()) {
    const exporter = way.exporter ?? 'jaeger';
    const env = await ensureInferenceEnv(exporter);
    if (!env.ok) return env;
    const service = await startInference({ ...way, logFile, onLine });
    say(`the sample service "${service.service}" infers (exporter: ${exporter}; its log: ${logFile})`);
    if (await hasArrived(url, service.service)) {
      onArrival();
      return { ok: true, service };
    }
    if (i === ways.length - 1) {
      say(`but its spans do not arrive at ${url}: look at who receives them there`);
      return { ok: true, service };
    }
    say('but its spans do not arrive that way: trying another');
    await service.stop();
  }
  throw new Error('no way to send spans was given');
}

/**
 * @param {string} url
 * @param {string} service
 */
async function hasArrived(url, service) {
  for (const end = Date.now() + ARRIVAL_LIMIT_MS; Date.now() < end; await delay(500)) {
    const answer = await getOnce(`${url}/api/services`).catch(() => undefined);
    if (answer?.body.includes(`"${service}"`)) return true;
  }
  return false;
}
