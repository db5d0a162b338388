import { type FailureKind, HumanError } from '../core/humanError';
import { isJaegerError, isTlsExpectedReason, isWebPage, readReason } from '../core/jaeger/jaegerEnvelope';
import type { AnswerFault } from './answerReader';
import { displayUrl } from './baseUrl';
import type { ServerName } from './connection';

/** A server answered with a status that refuses the request. `reason` is its own words, cleaned and cut. */
export class RefusalError extends HumanError {
  readonly status: number;
  readonly reason: string;

  constructor(kind: FailureKind, message: string, details: { status: number; reason: string }) {
    super(kind, message);
    this.status = details.status;
    this.reason = details.reason;
  }
}

/** What an answer with another status than 200 means. `body` is its beginning. */
export function refusal(
  { status, url }: { readonly status: number; readonly url: string },
  body: string,
  server: ServerName,
): RefusalError {
  const where = displayUrl(url);
  const reason = readReason(body);
  const said = reason === '' ? `(HTTP ${status})` : `(HTTP ${status}: ${reason})`;
  const make = (kind: FailureKind, message: string) => new RefusalError(kind, message, { status, reason });
  if (isTlsExpectedReason(body))
    return make('configuration', `${where} expects TLS. Write https:// in the connection’s URL.`);
  if (status === 401)
    return make(
      'unauthorized',
      `${where} does not accept who is asking ${said}. Check the stored secret and the connection’s headers, such as a tenant.`,
    );
  if (status === 403)
    return make(
      'unauthorized',
      `${where} forbids this ${said}. Ask for the right to read ${server === 'Jaeger' ? 'traces' : 'metrics'} there.`,
    );
  if (status === 407)
    return make(
      'unauthorized',
      `A proxy before ${where} wants credentials ${said}. Check VS Code’s http.proxy settings.`,
    );
  if (status === 404 && server === 'Jaeger' && isJaegerError(body))
    return make('not-found', `${where} has no such trace ${said}.`);
  if (status === 404 || status === 405)
    return make('not-jaeger', `${where} is no address of a ${server} ${said}. Is the base path right?`);
  if (status === 429)
    return make('server', `${where} is asked too often ${said}. Choose a longer poll interval.`);
  if (status >= 500 && isWebPage(body))
    return make(
      'server',
      `Something before ${server} answered for ${where} ${said}. Is ${server} itself running?`,
    );
  if (status >= 500) return make('server', `${where} failed ${said}. Its log may say more.`);
  if (status >= 400) return make('server', `${where} does not understand the request ${said}.`);
  return make('not-jaeger', `${where} answered in an unknown way ${said}. Is it a ${server}?`);
}

/** What a body that could not be read as the server's means, although the status was 200. */
export function faultFailure(fault: AnswerFault, url: string, server: ServerName): HumanError {
  const where = displayUrl(url);
  switch (fault) {
    case 'web-page':
      return new HumanError(
        'not-jaeger',
        `${where} answered with a web page, not ${server}'s API. Is the base path right?`,
      );
    case 'foreign':
      return new HumanError(
        'not-jaeger',
        `${where} answered with JSON that is not ${server}'s. Is it a ${server}?`,
      );
    case 'cut':
      return new HumanError('broken-answer', `The answer of ${where} ended early. Trying again may help.`);
    case 'broken':
      return new HumanError(
        'broken-answer',
        `The answer of ${where} is not valid JSON. Is something in between that changes it?`,
      );
  }
}
