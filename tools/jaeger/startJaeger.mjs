// @ts-check
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnTethered } from '../spawnTethered.mjs';
import { waitForHttp } from '../waitForHttp.mjs';
import { freeTcpPort, freeUdpPort } from './freePorts.mjs';
import { findJaeger } from './installJaeger.mjs';
import { SECURE, writeJaegerConfig } from './jaegerConfig.mjs';

const TRIES = 5;

/**
 * @typedef {import('./jaegerConfig.mjs').JaegerPorts} JaegerPorts
 *
 * @typedef {object} StartJaegerOptions
 * @property {'memory' | 'secure' | 'spm'} [config] default: memory
 * @property {string} [prometheusUrl] for `spm`: where its span metrics can be asked for
 * @property {Partial<JaegerPorts>} [ports] those not given are free ones; those given are kept (an outage test starts a
 *   stopped Jaeger again with `ports: stopped.ports`)
 * @property {number} [maxTraces] kept by the memory store, which also bounds `limit`; default 100,000
 * @property {number} [timeoutMs] until ready; default 30 s
 * @property {string} [program] default: what findJaeger() finds
 *
 * @typedef {object} RunningJaeger
 * @property {string} url of the query service, with the base path, without a slash at the end
 * @property {string} otlpHttp `http://127.0.0.1:port`; spans go to `/v1/traces` below it
 * @property {number} agentPort UDP, Thrift compact
 * @property {JaegerPorts} ports
 * @property {number} pid
 * @property {Record<string, string>} headers what a request to `url` needs (secure: authorization and tenant)
 * @property {{username: string, password: string, tenantHeader: string, tenants: string[], certificate: string} | undefined} secure
 * @property {() => string} logTail
 * @property {() => Promise<void>} stop the memory store's traces are gone then
 */

/**
 * Starts a Jaeger on 127.0.0.1 and waits until it is ready. It ends with this process at the latest.
 * @param {StartJaegerOptions} [options]
 * @returns {Promise<RunningJaeger>}
 */
export async function startJaeger(options = {}) {
  const program = options.program ?? findJaeger();
  if (program === undefined)
    throw new Error('no Jaeger: run `npm test` once, which builds it, or set WHYSPAN_JAEGER');
  for (let attempt = 1; ; attempt++) {
    const ports = await choosePorts(options.ports ?? {});
    try {
      return await startOn(program, ports, options);
    } catch (error) {
      // between choosing a port and listening on it another process may have taken it
      if (attempt === TRIES || !/address already in use/.test(String(error))) throw error;
      await delay(200 * attempt);
    }
  }
}

/**
 * @param {Partial<JaegerPorts>} wanted
 * @returns {Promise<JaegerPorts>}
 */
async function choosePorts(wanted) {
  const [queryHttp, queryGrpc, otlpHttp, otlpGrpc, health, spanMetrics] = await Promise.all(
    Array.from({ length: 6 }, () => freeTcpPort()),
  );
  const agent = await freeUdpPort();
  if (!queryHttp || !queryGrpc || !otlpHttp || !otlpGrpc || !health || !spanMetrics || !agent)
    throw new Error('no free ports on 127.0.0.1');
  return { queryHttp, queryGrpc, otlpHttp, otlpGrpc, health, spanMetrics, agent, ...wanted };
}

/**
 * @param {string} program
 * @param {JaegerPorts} ports
 * @param {StartJaegerOptions} options
 * @returns {Promise<RunningJaeger>}
 */
async function startOn(program, ports, options) {
  const { config = 'memory', maxTraces = 100_000, timeoutMs = 30_000, prometheusUrl } = options;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whyspan-jaeger-'));
  const { file, certificate } = writeJaegerConfig(config, folder, {
    ports,
    maxTraces,
    ...(prometheusUrl === undefined ? {} : { prometheusUrl }),
  });
  const child = spawnTethered({ command: program, args: ['--config', file], cwd: folder });
  const stop = async () => {
    await child.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const url =
    config === 'secure'
      ? `https://127.0.0.1:${ports.queryHttp}${SECURE.basePath}`
      : `http://127.0.0.1:${ports.queryHttp}`;
  const headers = config === 'secure' ? secureHeaders() : {};
  try {
    // its own log first: an answer alone could come from another Jaeger on this port
    await child.waitForLine(/Everything is ready/, timeoutMs);
    await waitForHttp(`${url}/api/services`, {
      timeoutMs,
      headers,
      isReady: isJaeger,
      isHopeless: child.hasExited,
    });
  } catch (error) {
    await stop();
    throw new Error(
      `Jaeger did not start: ${error instanceof Error ? error.message : error}\n${child.logTail()}`,
    );
  }
  return {
    url,
    otlpHttp: `http://127.0.0.1:${ports.otlpHttp}`,
    agentPort: ports.agent,
    ports,
    pid: child.pid,
    headers,
    secure: certificate === undefined ? undefined : { ...SECURE, certificate },
    logTail: child.logTail,
    stop,
  };
}

/** @returns {Record<string, string>} */
function secureHeaders() {
  const basic = Buffer.from(`${SECURE.username}:${SECURE.password}`).toString('base64');
  return { authorization: `Basic ${basic}`, [SECURE.tenantHeader]: SECURE.tenants[0] ?? '' };
}

/** @param {import('../waitForHttp.mjs').HttpAnswer} answer */
function isJaeger({ status, body }) {
  return status === 200 && body.startsWith('{'); // a wrong path answers 200 too, with the UI's page
}
