// @ts-check
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { stripVTControlCharacters } from 'node:util';

/** The header that must carry the token. */
export const BRIDGE_HEADER = 'x-whyspan-bridge';

/**
 * @typedef {object} Bridge
 * @property {string} url
 * @property {string} token
 * @property {() => void} close
 */

/**
 * Serves the actions to the suite in the extension host: `POST /action` with a JSON object, answered by
 * `{"value": …}` or by status 500 and `{"error": "…"}`. Whoever does not know the token is refused.
 * @param {() => Record<string, (options: any) => Promise<unknown>>} actions
 * @returns {Promise<Bridge>}
 */
export async function openBridge(actions) {
  const token = randomBytes(24).toString('base64url');
  const server = http.createServer(async (request, response) => {
    const answer = (/** @type {number} */ status, /** @type {unknown} */ content) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    try {
      if (request.headers[BRIDGE_HEADER] !== token)
        return void answer(403, { error: 'the token is missing or wrong' });
      const name = (request.url ?? '').slice(1);
      const action = Object.hasOwn(actions(), name) ? actions()[name] : undefined;
      if (action === undefined) return void answer(404, { error: `no action ${name}` });
      let body = '';
      for await (const chunk of request) body += chunk;
      answer(200, { value: (await action(JSON.parse(body || '{}'))) ?? null });
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      answer(500, { error: stripVTControlCharacters(text) });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    token,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
