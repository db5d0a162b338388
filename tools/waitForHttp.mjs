// @ts-check
import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} HttpAnswer
 * @property {number} status
 * @property {string} body
 */

/**
 * One GET request, for the readiness of servers of our own: a self-signed certificate is accepted.
 * @param {string} url
 * @param {{headers?: Record<string, string>, timeoutMs?: number}} [options]
 * @returns {Promise<HttpAnswer>}
 */
export function getOnce(url, { headers = {}, timeoutMs = 2_000 } = {}) {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? https.get : http.get;
    const request = get(
      url,
      { headers, timeout: timeoutMs, agent: false, ...{ rejectUnauthorized: false } },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer from ${url} within ${timeoutMs} ms`)));
    request.on('error', reject);
  });
}

/**
 * Waits until a server answers as it should.
 * @param {string} url
 * @param {object} options
 * @param {number} options.timeoutMs
 * @param {(answer: HttpAnswer) => boolean} [options.isReady] default: any status below 400
 * @param {Record<string, string>} [options.headers]
 * @param {() => boolean} [options.isHopeless] e.g. the server has ended: waiting stops at once
 * @returns {Promise<void>} rejects with the last failure
 */
export async function waitForHttp(
  url,
  { timeoutMs, isReady = ({ status }) => status < 400, headers = {}, isHopeless = () => false },
) {
  const end = Date.now() + timeoutMs;
  let last = 'not tried';
  for (;;) {
    try {
      const answer = await getOnce(url, { headers });
      if (isReady(answer)) return;
      last = `HTTP ${answer.status}: ${answer.body.slice(0, 200)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (isHopeless()) throw new Error(`${url} will not answer (${last})`);
    if (Date.now() > end) throw new Error(`${url} not ready within ${timeoutMs} ms (${last})`);
    await delay(100);
  }
}
