// @ts-check
import { say } from '../bootstrap/say.mjs';
import { freeTcpPort, freeUdpPort } from '../jaeger/freePorts.mjs';
import { installJaeger } from '../jaeger/installJaeger.mjs';
import { startJaeger } from '../jaeger/startJaeger.mjs';
import { getOnce } from '../waitForHttp.mjs';

const USUAL_URL = 'http://127.0.0.1:16686';

/**
 * @typedef {object} DemoJaeger
 * @property {string} url
 * @property {Array<import('../inference/startInference.mjs').StartInferenceOptions>} ways to send spans to it, the best first
 * @property {() => Promise<void>} stop does nothing to a Jaeger that ran already
 */

/**
 * The Jaeger that runs already at WHYSPAN_JAEGER_URL (default: Jaeger's usual address), else one of our own.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<DemoJaeger>>}
 */
export async function findOrStartJaeger() {
  const url = (process.env.WHYSPAN_JAEGER_URL ?? USUAL_URL).replace(/\/+$/, '');
  if (await isJaeger(url)) {
    say(`using the Jaeger that runs at ${url}`);
    return { ok: true, url, ways: await waysInto(new URL(url).hostname), stop: async () => {} };
  }
  if (process.env.WHYSPAN_JAEGER_URL)
    say(`no open Jaeger answers at ${url} (WHYSPAN_JAEGER_URL): starting one here`);
  const installed = await installJaeger();
  if (!installed.ok) return installed;
  const jaeger = await startJaeger({ program: installed.path, ports: await usualPorts() });
  say(`Jaeger v2 runs at ${jaeger.url} (agent: UDP ${jaeger.agentPort}, OTLP: ${jaeger.otlpHttp})`);
  return {
    ok: true,
    url: jaeger.url,
    ways: [{ exporter: 'jaeger', agentPort: jaeger.agentPort }],
    stop: jaeger.stop,
  };
}

/** @param {string} url */
async function isJaeger(url) {
  const answer = await getOnce(`${url}/api/services`).catch(() => undefined);
  return answer?.status === 200 && answer.body.startsWith('{') && answer.body.includes('"data"');
}

/**
 * Who listens on the usual ports can't be asked: the caller tries these ways until spans arrive.
 * @param {string} host
 * @returns {Promise<DemoJaeger['ways']>}
 */
async function waysInto(host) {
  const otlpEndpoint = `http://${host}:4318`;
  const isOtlp = await fetch(`${otlpEndpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"resourceSpans":[]}',
    signal: AbortSignal.timeout(2_000),
  }).then(
    (response) => response.ok,
    () => false,
  );
  /** @type {DemoJaeger['ways']} */
  const otlp = isOtlp ? [{ exporter: 'otlp', otlpEndpoint }] : [];
  const hasAgent = (await freeUdpPort(6831)) === undefined;
  return hasAgent || !isOtlp ? [{ exporter: 'jaeger', agentPort: 6831 }, ...otlp] : otlp;
}

/** @returns {Promise<Partial<import('../jaeger/jaegerConfig.mjs').JaegerPorts>>} Jaeger's usual ports, as far as they are free */
async function usualPorts() {
  const usual = { queryHttp: 16686, otlpHttp: 4318, otlpGrpc: 4317 };
  const free = Object.entries(usual).map(async ([name, port]) => [name, await freeTcpPort(port)]);
  const ports = [...(await Promise.all(free)), ['agent', await freeUdpPort(6831)]];
  return Object.fromEntries(ports.filter(([, port]) => port !== undefined));
}
