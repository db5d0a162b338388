import { HumanError } from '../core/humanError';
import type { Connection } from './connection';

/** The connection's URL, checked: http or https, no credentials, no query. Throws a HumanError 'configuration'. */
export function baseUrl(connection: Connection): URL {
  const url = URL.canParse(connection.url) ? new URL(connection.url) : undefined;
  const problem = !url
    ? 'is no URL'
    : url.protocol !== 'http:' && url.protocol !== 'https:'
      ? 'must begin with http:// or https://'
      : url.username !== '' || url.password !== ''
        ? 'must not hold a user name or password: store them as the connection’s secret'
        : url.search !== '' || url.hash !== ''
          ? 'must end with the base path, without ? and #'
          : undefined;
  if (!url || problem !== undefined) {
    throw new HumanError('configuration', `The URL of the connection “${connection.name}” ${problem}.`);
  }
  return url;
}

/** A URL for messages: without credentials, query and fragment, which may hold secrets. */
export function displayUrl(url: string | URL): string {
  const parsed = typeof url === 'string' ? new URL(url) : url;
  return `${parsed.origin}${parsed.pathname}`;
}
