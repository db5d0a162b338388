import type { AttributeValue } from '../../core/trace/span';
import type { ThriftTag } from './jaegerBatch';

/** Tags by key; of several with one key the last counts. */
export type Tags = Map<string, AttributeValue>;

const libraryKey = /^telemetry\.(sdk\.(language|name|version)|distro\.(name|version))$/;
const spanKinds: ReadonlySet<AttributeValue> = new Set([
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]);

/** The tags of a process as Jaeger answers them: `hostname` and `jaeger.version` have names of their own there. */
export function processTags(tags: readonly ThriftTag[]): Tags {
  const byKey = tagsByKey(tags);
  const rename = (from: string, to: string, prefix: string) => {
    const value = byKey.get(from);
    if (value === undefined || byKey.has(to)) return;
    byKey.set(to, prefix === '' ? value : `${prefix}${value}`);
    byKey.delete(from);
  };
  rename('hostname', 'host.name', '');
  rename('jaeger.version', 'opencensus.exporterversion', 'Jaeger-');
  return byKey;
}

/**
 * The tags of a span as a Jaeger answers them after taking them in by Thrift (the collector's pkg/translator/jaeger, there
 * and back, then Jaeger's adjusters): the status is written in one way, and what describes the library belongs to the process.
 */
export function spanTags(tags: readonly ThriftTag[]): { readonly own: Tags; readonly ofProcess: Tags } {
  const own = tagsByKey(tags);
  const kind = own.get('span.kind');
  if (kind !== undefined && !spanKinds.has(kind)) own.delete('span.kind');
  mendStatus(own, kind);
  const ofProcess: Tags = new Map();
  for (const [key, value] of own) {
    if (!libraryKey.test(key)) continue;
    ofProcess.set(key, value);
    own.delete(key);
  }
  return { own, ofProcess };
}

/** Tags by key; an `ip` that is a number is written with dots. */
export function tagsByKey(tags: readonly ThriftTag[]): Tags {
  const byKey: Tags = new Map();
  for (const { key, value } of tags) {
    const isIp = typeof value === 'number' && (key === 'ip' || key === 'peer.ipv4');
    byKey.set(key, isIp ? dotted(value) : value);
  }
  return byKey;
}

function dotted(ip: number): string {
  return [24, 16, 8, 0].map((shift) => (ip >>> shift) & 0xff).join('.');
}

/** An error is told by `error`, else by `otel.status_code`, else by the answer's HTTP status. */
function mendStatus(tags: Tags, kind: AttributeValue | undefined): void {
  const code = tags.get('otel.status_code');
  tags.delete('otel.status_code');
  if (tags.get('error') === true) {
    const described = tags.has('otel.status_description') ? 'otel.status_description' : 'http.status_message';
    const description = tags.get(described);
    tags.delete('otel.status_description');
    setStatus(tags, 'ERROR', description);
  } else if (code !== undefined) {
    const description = tags.get('otel.status_description');
    tags.delete('otel.status_description');
    setStatus(tags, typeof code === 'string' ? code.toUpperCase() : '', description);
  } else if (isHttpError(tags.get('http.status_code'), kind)) {
    setStatus(tags, 'ERROR', tags.get('http.status_message'));
  }
}

function setStatus(tags: Tags, code: string, description: AttributeValue | undefined): void {
  if (typeof description === 'string' && description !== '') tags.set('otel.status_description', description);
  if (code === 'OK' || code === 'ERROR') tags.set('otel.status_code', code);
  if (code === 'ERROR') tags.set('error', true);
}

/** As the collector sees it: a server's 4xx are no errors of its own, and 399 is one. */
function isHttpError(code: AttributeValue | undefined, kind: AttributeValue | undefined): boolean {
  const status = typeof code === 'string' && /^[+-]?\d{1,15}$/.test(code) ? Number(code) : code;
  if (typeof status !== 'number') return false;
  if (status >= 400 && status < 500 && kind === 'server') return false;
  return !(status >= 100 && status < 399);
}
