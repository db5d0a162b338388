// @ts-check
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

// The few ASN.1 DER pieces of a version 3 certificate (RFC 5280, section 4.1), so that no openssl program is needed.
const ECDSA_WITH_SHA256 = sequence(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const COMMON_NAME = oid([0x55, 0x04, 0x03]);
const SUBJECT_ALT_NAME = oid([0x55, 0x1d, 0x11]);
const BASIC_CONSTRAINTS = oid([0x55, 0x1d, 0x13]);
const DAY_MS = 86_400_000;

/**
 * A certificate for 127.0.0.1 and localhost, signed by its own key, valid from yesterday for 30 days.
 * @returns {{certificate: string, key: string}} both PEM
 */
export function selfSignedCertificate() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from('Whyspan test')))));
  const altNames = sequence(
    tagged(0x82, Buffer.from('localhost')),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const authority = sequence(tagged(0x01, Buffer.from([0xff]))); // CA: true, so that it can be given as its own authority
  const toBeSigned = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))), // version 3
    tagged(0x02, Buffer.concat([Buffer.from([0x40]), randomBytes(8)])), // serial number, positive
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(Date.now() - DAY_MS), utcTime(Date.now() + 30 * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension(SUBJECT_ALT_NAME, altNames), extension(BASIC_CONSTRAINTS, authority))),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const der = sequence(
    toBeSigned,
    ECDSA_WITH_SHA256,
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/**
 * @param {number} tag
 * @param {Buffer} content below 65,536 bytes
 */
function tagged(tag, content) {
  const n = content.length;
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** @param {Buffer[]} parts */
function sequence(...parts) {
  return tagged(0x30, Buffer.concat(parts));
}

/** @param {number[]} bytes */
function oid(bytes) {
  return tagged(0x06, Buffer.from(bytes));
}

/**
 * @param {Buffer} id
 * @param {Buffer} value
 */
function extension(id, value) {
  return sequence(id, tagged(0x04, value));
}

/** @param {number} epochMs */
function utcTime(epochMs) {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}
