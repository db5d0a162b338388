import { asObject, asString } from '../core/decode/jsonValue';
import type { Connection } from '../sources/connection';
import { connectionOf, parseUrl } from './parseConnections';
import type { SettingProblem } from './settings';

/** Addresses of Prometheus' pages and of its queries; the base path is what stands before. */
const forms = {
  pages:
    /\/(graph|query|alerts|targets|rules|status|config|classic\/[^/]*|api\/v1(\/(query|query_range|series|labels|label\/.*|metadata))?)\/*$/,
  example: 'http://localhost:9090',
};

/** The Prometheus of `whyspan.metrics.url` and `whyspan.metrics.connection`; `undefined` when there is none, or no URL that can be used. */
export function parseMetricsConnection(
  read: (key: string) => unknown,
  problems: SettingProblem[],
): Connection | undefined {
  const [written, how] = [read('metrics.url') ?? '', read('metrics.connection') ?? {}];
  const text = asString(written)?.trim();
  const place = { key: 'whyspan.metrics.connection', name: 'Prometheus' };
  if (!asObject(how)) problems.push({ key: place.key, message: 'is no object such as {"auth": "bearer"}' });
  if (text === '') return undefined;
  const url = parseUrl(text, forms);
  if (typeof url === 'object') {
    problems.push({ key: 'whyspan.metrics.url', message: url.problem });
    return undefined;
  }
  return connectionOf(asObject(how) ?? {}, { ...place, url }, problems);
}
