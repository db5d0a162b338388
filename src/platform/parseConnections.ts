import { asArray, asObject, asString, type JsonObject, own } from '../core/decode/jsonValue';
import type { Connection, ConnectionAuth } from '../sources/connection';
import type { SettingProblem } from './settings';

const key = 'whyspan.connections';

/** The connections of the setting `whyspan.connections`; those without a usable URL are left out and named. */
export function parseConnections(value: unknown, problems: SettingProblem[]): readonly Connection[] {
  const names = new Set<string>();
  if (value !== undefined && value !== null && !Array.isArray(value))
    problems.push({ key, message: 'is not a list' });
  return asArray(value).flatMap((item, index) => {
    const object: JsonObject = asObject(item) ?? {};
    const name = text(object, 'name') ?? `connection ${index + 1}`;
    const url = parseUrl(text(object, 'url'));
    if (typeof url === 'object') {
      problems.push({ key, message: `“${name}”: ${url.problem}` });
      return [];
    }
    if (names.has(name)) {
      problems.push({ key, message: `there are two connections named “${name}”; the second is left out` });
      return [];
    }
    names.add(name);
    return [connectionOf(object, { key, name, url }, problems)];
  });
}

/** Which setting describes a server, what it is called, and its URL, checked. */
export interface ServerPlace {
  readonly key: string;
  readonly name: string;
  readonly url: string;
}

/** How a server is asked, of the object that describes it; what cannot be used is left out and named. */
export function connectionOf(
  object: JsonObject,
  { key, name, url }: ServerPlace,
  problems: SettingProblem[],
): Connection {
  const reject = (message: string) => problems.push({ key, message: `“${name}” ${message}` });
  return {
    name,
    url,
    auth: parseAuth(object, reject),
    headers: parseHeaders(object, reject),
    caFile: text(object, 'caFile'),
    certFile: text(object, 'certFile'),
    keyFile: text(object, 'keyFile'),
    allowSelfSigned: own(object, 'allowSelfSigned') === true,
    uiUrl: parseUiUrl(object, reject),
  };
}

type Reject = (message: string) => void;

/**
 * People copy the address of a page of Jaeger's UI, or of its API; the base path is what stands before. It may itself contain
 * `/api/`: `kubectl proxy` serves at `/api/v1/namespaces/…/proxy`.
 */
const pageOrEndpoint =
  /\/(search|trace\/[^/]*|compare|dependencies|monitor|api|api\/(traces|services|operations|dependencies|metrics|v3)(\/.*)?)\/*$/;

/** A base URL of http or https without a slash at the end, or what is wrong with it. `pages` are paths that stand behind the base path. */
export function parseUrl(
  text: string | undefined,
  { pages, example } = { pages: pageOrEndpoint, example: 'http://localhost:16686' },
): string | { readonly problem: string } {
  if (text === undefined) return { problem: `it has no url, such as ${example}` };
  if (!URL.canParse(text))
    return { problem: `“${text.replace(/^.*@/, '…@')}” is no URL; write it as ${example}` };
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { problem: `its URL begins with ${url.protocol}; only http: and https: can be asked` };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      problem: 'its URL contains a user or password; use "auth" and the command “Set Secret” instead',
    };
  }
  const path = url.pathname.replace(pages, '');
  return `${url.origin}${path.replace(/\/+$/, '')}`;
}

function parseUiUrl(object: JsonObject, reject: Reject): string | undefined {
  const written = text(object, 'uiUrl');
  const url = written === undefined ? undefined : parseUrl(written);
  if (typeof url !== 'object') return url;
  reject(`has a uiUrl that cannot be opened: ${url.problem}`);
  return undefined;
}

function parseAuth(object: JsonObject, reject: Reject): ConnectionAuth {
  const auth = text(object, 'auth') ?? 'none';
  switch (auth) {
    case 'none':
    case 'bearer':
      return { type: auth };
    case 'basic':
      return { type: 'basic', username: text(object, 'username') ?? '' };
    case 'command': {
      const command = text(object, 'tokenCommand');
      if (command !== undefined) return { type: 'command', command };
      reject('has auth "command" and no tokenCommand');
      return { type: 'none' };
    }
    default:
      reject('has an unknown auth; use none, bearer, basic or command');
      return { type: 'none' };
  }
}

function parseHeaders(object: JsonObject, reject: Reject): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [header, value] of Object.entries(asObject(own(object, 'headers')) ?? {})) {
    const isValid =
      /^[\w!#$%&'*+.^`|~-]+$/.test(header) &&
      typeof value === 'string' &&
      /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
    if (isValid) headers[header] = value;
    else reject(`has a header that cannot be sent: ${header.slice(0, 40)}`);
  }
  return headers;
}

function text(object: JsonObject, property: string): string | undefined {
  return asString(own(object, property))?.trim() || undefined;
}
