// @ts-check
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freeTcpPort } from '../jaeger/freePorts.mjs';
import { spawnTethered } from '../spawnTethered.mjs';
import { waitForHttp } from '../waitForHttp.mjs';
import { findPrometheus } from './installPrometheus.mjs';

/**
 * @typedef {object} StartPrometheusOptions
 * @property {number} scrapedPort on 127.0.0.1: whose `/metrics` are read, every second
 * @property {number} [port] default: a free one
 * @property {{username: string, bcrypt: string}} [basicAuth] what it demands of whoever asks
 *
 * @typedef {object} RunningPrometheus
 * @property {string} url
 * @property {number} port
 * @property {() => string} logTail
 * @property {() => Promise<void>} stop its data are gone then
 */

/**
 * Starts a Prometheus on 127.0.0.1 with a data folder of its own and waits until it is ready. It ends with this process at the latest.
 * @param {StartPrometheusOptions} options
 * @returns {Promise<RunningPrometheus>}
 */
export async function startPrometheus({ scrapedPort, basicAuth, ...options }) {
  const program = findPrometheus();
  if (program === undefined)
    throw new Error('no Prometheus: run `npm test` once, which installs it, or set WHYSPAN_PROMETHEUS');
  const port = options.port ?? (await freeTcpPort());
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whyspan-prometheus-'));
  const child = spawnTethered({
    command: program,
    args: [
      `--config.file=${writeConfig(folder, scrapedPort)}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...(basicAuth ? [`--web.config.file=${writeWebConfig(folder, basicAuth)}`] : []),
    ],
    cwd: folder,
  });
  const stop = async () => {
    await child.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await child.waitForLine(/Server is ready to receive web requests/, 30_000);
    const isReady = (/** @type {{status: number}} */ { status }) => status === 200 || status === 401;
    await waitForHttp(`${url}/-/ready`, { timeoutMs: 30_000, isReady, isHopeless: child.hasExited });
  } catch (error) {
    await stop();
    throw new Error(
      `Prometheus did not start: ${error instanceof Error ? error.message : error}\n${child.logTail()}`,
    );
  }
  return { url, port, logTail: child.logTail, stop };
}

/** @param {string} folder @param {number} scrapedPort */
function writeConfig(folder, scrapedPort) {
  const file = path.join(folder, 'prometheus.yml');
  const target = `127.0.0.1:${scrapedPort}`;
  const config = `global: {scrape_interval: 1s, evaluation_interval: 1s}
scrape_configs:
  - job_name: spanmetrics
    static_configs: [{targets: ["${target}"]}]
`;
  fs.writeFileSync(file, config);
  return file;
}

/** @param {string} folder @param {{username: string, bcrypt: string}} basicAuth */
function writeWebConfig(folder, { username, bcrypt }) {
  const file = path.join(folder, 'web.yml');
  fs.writeFileSync(file, `basic_auth_users:\n  ${username}: ${bcrypt}\n`);
  return file;
}
