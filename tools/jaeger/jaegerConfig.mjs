// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { selfSignedCertificate } from './selfSignedCertificate.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** What the secure Jaeger demands. */
export const SECURE = {
  username: 'whyspan',
  password: 'trace-me',
  basePath: '/jaeger',
  tenantHeader: 'x-tenant',
  tenants: ['acme', 'umbrella'],
};

/**
 * @typedef {object} JaegerPorts
 * @property {number} queryHttp
 * @property {number} queryGrpc
 * @property {number} otlpHttp
 * @property {number} otlpGrpc
 * @property {number} agent UDP, Thrift compact
 * @property {number} health
 * @property {number} spanMetrics for Prometheus; listened on by the configuration `spm` only
 *
 * @typedef {object} JaegerValues
 * @property {JaegerPorts} ports
 * @property {number} maxTraces
 * @property {string} [prometheusUrl] whom the configuration `spm` asks for its metrics
 */

/**
 * Writes the configuration file, and for `secure` a certificate made for it, into `folder`.
 * @param {'memory' | 'secure' | 'spm'} config
 * @param {string} folder
 * @param {JaegerValues} jaeger
 * @returns {{file: string, certificate: string | undefined}} certificate: PEM, its own authority
 */
export function writeJaegerConfig(config, folder, { ports, ...others }) {
  /** @type {Record<string, string | number>} */
  const values = { ...ports, ...others };
  let certificate;
  if (config === 'secure') {
    const pair = selfSignedCertificate();
    certificate = pair.certificate;
    const certFile = path.join(folder, 'certificate.pem');
    const keyFile = path.join(folder, 'key.pem');
    fs.writeFileSync(certFile, pair.certificate);
    fs.writeFileSync(keyFile, pair.key, { mode: 0o600 });
    Object.assign(values, SECURE, { tenants: SECURE.tenants.join(', '), certFile, keyFile });
  }
  const template = fs.readFileSync(path.join(HERE, `${config}.yaml.tmpl`), 'utf8');
  const text = template.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${config}.yaml.tmpl: no value for {{${name}}}`);
    return String(value);
  });
  const file = path.join(folder, 'jaeger.yaml');
  fs.writeFileSync(file, text);
  return { file, certificate };
}
