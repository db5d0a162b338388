import { asArray, asObject, asString, own } from '../decode/jsonValue';
import { cleanText } from '../trace/cleanText';

const longestReason = 200;

/** Whether parsed JSON is what Jaeger's `/api` puts around a list: `data` is a list or null, beside `total` or `errors`. */
export function isJaegerEnvelope(json: unknown): boolean {
  const object = asObject(json);
  if (!object || !Object.hasOwn(object, 'data')) return false;
  const data = own(object, 'data');
  const isList = data === null || Array.isArray(data);
  return isList && (Object.hasOwn(object, 'total') || Object.hasOwn(object, 'errors'));
}

/** Whether parsed JSON is what `/api/v3` puts around spans: an object `result`. */
export function isJaegerEnvelopeV3(json: unknown): boolean {
  const object = asObject(json);
  return object !== undefined && asObject(own(object, 'result')) !== undefined;
}

/** Whether an error's body is Jaeger's JSON, of `/api` or of `/api/v3`: then Jaeger answered, not something before it. */
export function isJaegerError(body: string): boolean {
  return readJsonReason(body) !== undefined;
}

/**
 * Why a request was refused, as one short clean line, of an error's body: Jaeger's JSON (which it calls text/plain) or Prometheus',
 * or plain text. Empty when the body is a web page or nothing.
 */
export function readReason(body: string): string {
  const reason = readJsonReason(body) ?? readPrometheusReason(body);
  if (reason !== undefined) return cleanText(reason, longestReason);
  return isWebPage(body) || /^\s*[{[]/.test(body) ? '' : cleanText(body, longestReason);
}

/** Whether a body is HTML, or XML, by how it begins. */
export function isWebPage(body: string): boolean {
  return /^\s*</.test(body);
}

/** Whether Jaeger could not write the answer because of a number that JSON lacks: `/api/v3` can. */
export function isNotANumberReason(reason: string): boolean {
  return /unsupported value: ?[+-]?(nan|inf)/i.test(reason);
}

/** Whether more traces were asked for than the storage gives at once. */
export function isLimitReason(reason: string): boolean {
  return /search depth must be/i.test(reason);
}

/** Whether a server on a TLS port says that it was asked without TLS (Go, nginx and Apache have words for it). */
export function isTlsExpectedReason(body: string): boolean {
  return /HTTP request (was sent )?to (an )?HTTPS (server|port)|speaking plain HTTP to an SSL/i.test(body);
}

function readJsonReason(body: string): string | undefined {
  const object = asObject(parse(body));
  if (!object) return undefined;
  const first = asObject(asArray(own(object, 'errors'))[0]);
  const error = asObject(own(object, 'error'));
  return (first && asString(own(first, 'msg'))) ?? (error && asString(own(error, 'message')));
}

/** Prometheus says `{"status":"error","errorType":"bad_data","error":"…"}`. */
function readPrometheusReason(body: string): string | undefined {
  const object = asObject(parse(body));
  return object && asString(own(object, 'error'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
