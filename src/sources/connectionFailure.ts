import { type FailureKind, HumanError } from '../core/humanError';
import { displayUrl } from './baseUrl';
import { CancellationError } from './cancellation';
import type { ServerName } from './connection';
import type { Deadline } from './deadline';

type Explanation = readonly [kind: FailureKind, rest: string];

const selfSigned: Explanation = [
  'certificate',
  'shows a certificate that it signed itself. Name the certificate in “caFile”, or set “allowSelfSigned” if you trust this network.',
];
const unknownAuthority: Explanation = [
  'certificate',
  'shows a certificate of an unknown authority. Name the authority’s PEM file in “caFile”.',
];
const dns: Explanation = [
  'unreachable',
  'cannot be found: its host name is unknown. Check the URL and your network.',
];
const noRoute: Explanation = [
  'unreachable',
  'cannot be reached from here. Check the network, VPN and proxy.',
];
const closed: Explanation = [
  'unreachable',
  'closed the connection without an answer. Is it a {server}, and is it http or https?',
];
const clientCertificate: Explanation = [
  'certificate',
  'wants another client certificate. Check “certFile” and “keyFile”.',
];
const badPem: Explanation = [
  'configuration',
  'was not asked: “caFile”, “certFile” or “keyFile” holds no valid PEM, or they don’t match.',
];

const explanations: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: ['unreachable', 'refuses the connection. Is {server} running, and is the port right?'],
  ENOTFOUND: dns,
  EAI_AGAIN: dns,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  ECONNRESET: closed,
  ECONNABORTED: closed,
  EPIPE: closed,
  ETIMEDOUT: ['timeout', 'did not accept the connection in time. Check the network, VPN and proxy.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_UNTRUSTED: unknownAuthority,
  CERT_HAS_EXPIRED: [
    'certificate',
    'shows a certificate that has expired. Renew it; until then “allowSelfSigned” accepts it.',
  ],
  CERT_NOT_YET_VALID: [
    'certificate',
    'shows a certificate that is not valid yet. Check the clocks of both machines.',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'certificate',
    'shows a certificate for another host name. Use the name the certificate is for in the URL.',
  ],
  EPROTO: ['unreachable', 'does not speak TLS there. Is it http:// instead of https://?'],
  ERR_INVALID_CHAR: [
    'configuration',
    'was not asked: a header or the token holds a character that headers can’t.',
  ],
  ERR_INVALID_HTTP_TOKEN: ['configuration', 'was not asked: a header of the connection has an invalid name.'],
};

/** A failure to get any answer from `url`, as what the user can do about it; a cancellation stays one. */
export function connectionFailure(error: unknown, url: URL, deadline: Deadline, server: ServerName): Error {
  deadline.throwIfCancelled();
  if (deadline.timedOut) return timeoutFailure(url, deadline);
  if (error instanceof CancellationError || error instanceof HumanError) return error;
  const code = errorCode(error);
  const [kind, rest] = explain(code);
  // Not the error itself as the cause: axios' errors hold the headers, and so the token.
  return new HumanError(kind, `${displayUrl(url)} ${rest.replaceAll('{server}', server)}`, {
    cause: new Error(code || 'unknown error'),
  });
}

/** The server was silent, or slow, for too long. */
export function timeoutFailure(url: URL, { timedOut, timeouts }: Deadline): HumanError {
  const waited = `${Math.round(timeouts[timedOut ?? 'idleMs'] / 100) / 10} s`;
  const what =
    timedOut === 'totalMs'
      ? `had not finished its answer after ${waited}. Ask for less: a shorter look-back or a smaller limit.`
      : `said nothing for ${waited}. Is it overloaded, or is a proxy in between?`;
  return new HumanError('timeout', `${displayUrl(url)} ${what}`);
}

function explain(code: string): Explanation {
  const known = Object.hasOwn(explanations, code) ? explanations[code] : undefined;
  if (known) return known;
  if (code.startsWith('HPE_'))
    return ['unreachable', 'does not answer in HTTP. Is the port right, and is it http or https?'];
  if (/CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN/.test(code))
    return clientCertificate;
  if (/WRONG_VERSION|HTTP_REQUEST|PACKET_LENGTH/.test(code)) return explanations.EPROTO ?? closed;
  if (/^ERR_OSSL|NO_START_LINE|KEY_VALUES_MISMATCH/.test(code)) return badPem;
  if (/CERT|CRL/.test(code)) return ['certificate', `shows a certificate that is not accepted (${code}).`];
  return ['unreachable', `cannot be reached (${code || 'unknown error'}).`];
}

/** The code of an error, of its cause, or of the first of several (one for each address of the host). */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const inner = error.cause instanceof Error ? errorCode(error.cause) : '';
  if (inner !== '') return inner;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && code !== '') return code;
  return error instanceof AggregateError ? errorCode(error.errors[0]) : '';
}
