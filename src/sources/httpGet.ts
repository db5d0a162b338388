import { Readable } from 'node:stream';
import axios from 'axios';
import { HumanError } from '../core/humanError';
import { displayUrl } from './baseUrl';
import type { ServerName } from './connection';
import { connectionFailure } from './connectionFailure';
import type { Deadline } from './deadline';
import type { Transport } from './tlsTransport';

const maxRedirects = 5;

/** One request. `headers` is asked again for each redirect, and only within the origin of `url`. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly deadline: Deadline;
  readonly server: ServerName;
}

/** The head of an answer; whoever gets it must read the body or destroy it. */
export interface HttpAnswer {
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly body: Readable;
}

/**
 * Gets a URL, following at most five redirects, all within its origin: nothing is sent to another one.
 * Failures to get any answer are HumanErrors; each answer with a status is an answer.
 */
export async function httpGet(request: HttpRequest): Promise<HttpAnswer> {
  let url = new URL(request.url);
  for (let hop = 0; ; hop++) {
    const { answer, location } = await getOnce(url, request);
    if (location === undefined) return answer;
    answer.body.destroy();
    const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    const isSafe = target?.origin === url.origin && target.username === '' && target.password === '';
    if (!target || !isSafe) throw redirected(url, target);
    if (hop === maxRedirects) {
      throw new HumanError(
        'redirected',
        `${displayUrl(request.url)} redirects in circles. Is the base path right?`,
      );
    }
    url = target;
  }
}

async function getOnce(
  url: URL,
  { headers, transport, deadline, server }: HttpRequest,
): Promise<{ answer: HttpAnswer; location: string | undefined }> {
  try {
    const response = await axios.get<unknown>(url.href, {
      adapter: 'http',
      responseType: 'stream',
      // Inside VS Code the patched http module goes through the proxy; axios must not do it again.
      proxy: false,
      maxRedirects: 0,
      validateStatus: () => true,
      headers,
      signal: deadline.signal,
      transport,
    });
    deadline.touch();
    const body = response.data;
    if (!(body instanceof Readable)) throw new TypeError('axios gave no stream');
    // axios says an abort as an event, maybe before anyone reads: unheard, it would end the process.
    body.on('error', () => undefined);
    const location: unknown = response.headers.location;
    const isRedirect = [301, 302, 303, 307, 308].includes(response.status) && typeof location === 'string';
    const answer = { status: response.status, url: url.href, body };
    return { answer, location: isRedirect ? location : undefined };
  } catch (error) {
    throw connectionFailure(error, url, deadline, server);
  }
}

function redirected(from: URL, to: URL | undefined): HumanError {
  const target = to ? `to ${to.origin}` : 'to somewhere that is no URL';
  const advice =
    to && to.host === from.host
      ? 'Use that as the connection’s URL.'
      : 'Nothing was sent there; if it is right, use it as the connection’s URL.';
  return new HumanError('redirected', `${from.origin} redirects ${target}. ${advice}`);
}
