// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnTethered } from '../spawnTethered.mjs';
import { ensureInferenceEnv } from './inferenceEnv.mjs';

const EXAMPLE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples', 'inference');

/**
 * @typedef {object} StartInferenceOptions
 * @property {'jaeger' | 'otlp'} [exporter] default: jaeger (the article's, by UDP)
 * @property {number} [agentPort] UDP, for jaeger
 * @property {string} [otlpEndpoint] such as `http://127.0.0.1:4318`, for otlp
 * @property {number} [rate] inferences per second
 * @property {number} [budgetMs] what the storage may take before stale features are used
 * @property {number} [seed]
 * @property {string} [serviceName]
 * @property {number} [timeoutMs] until ready; default 60 s
 * @property {string} [logFile]
 * @property {(line: string) => void} [onLine] sees what the service prints
 *
 * @typedef {object} Faults any of them
 * @property {number} [storage_delay_ms]
 * @property {number} [storage_share] of the requests, 0 to 1
 * @property {'good' | 'worse'} [model]
 *
 * @typedef {object} RunningInference
 * @property {string} control URL
 * @property {string} service its name in Jaeger
 * @property {(faults: Faults) => Promise<Record<string, any>>} setFaults resolves with the state
 * @property {() => Promise<Record<string, any>>} state
 * @property {(line: string) => void} command a line for its console: slow, fast, worse, better, help
 * @property {Promise<import('../spawnTethered.mjs').Exit>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the sample inference service and waits until it is ready. It ends with this process at the latest.
 * @param {StartInferenceOptions} [options]
 * @returns {Promise<RunningInference>}
 */
export async function startInference(options = {}) {
  const { exporter = 'jaeger', timeoutMs = 60_000 } = options;
  const python = await ensureInferenceEnv(exporter);
  if (!python.ok) throw new Error(`${python.missing} is missing: ${python.hint}`);
  const service = spawnTethered({
    command: python.python,
    args: [path.join(EXAMPLE, 'service.py'), ...flags({ ...options, exporter })],
    cwd: EXAMPLE,
    env: { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
    logFile: options.logFile,
    onLine: options.onLine,
  });
  /** @type {{control: string, service: string}} */
  let ready;
  try {
    ready = JSON.parse((await service.waitForLine(/^ready (\{.*\})/, timeoutMs))[1] ?? '');
  } catch (error) {
    await service.stop();
    throw new Error(`the sample service did not start: ${error instanceof Error ? error.message : error}`);
  }
  return {
    control: ready.control,
    service: ready.service,
    setFaults: (faults) => ask(`${ready.control}/faults`, { method: 'POST', body: JSON.stringify(faults) }),
    state: () => ask(`${ready.control}/state`, {}),
    command: (line) => service.write(`${line}\n`),
    exited: service.exited,
    stop: service.stop,
  };
}

/** @param {StartInferenceOptions} options */
function flags({ exporter, agentPort, otlpEndpoint, rate, budgetMs, seed, serviceName }) {
  const named = {
    exporter,
    'agent-port': agentPort,
    'otlp-endpoint': otlpEndpoint,
    rate,
    'budget-ms': budgetMs,
    seed,
    'service-name': serviceName,
  };
  return Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
}

/**
 * @param {string} url
 * @param {RequestInit} request
 * @returns {Promise<Record<string, any>>}
 */
async function ask(url, request) {
  const response = await fetch(url, { ...request, headers: { 'content-type': 'application/json' } });
  const body = await response.text();
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}: ${body}`);
  return JSON.parse(body);
}
