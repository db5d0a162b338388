// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePythonEnv } from '../bootstrap/python.mjs';

const EXAMPLE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples', 'inference');
const REQUIREMENTS = { jaeger: 'requirements.txt', otlp: 'requirements-otlp.txt' };

/**
 * The Python environment of the sample service: the two exporters need different versions of OpenTelemetry.
 * @param {'jaeger' | 'otlp'} exporter
 */
export function ensureInferenceEnv(exporter) {
  return ensurePythonEnv(`inference-${exporter}`, path.join(EXAMPLE, REQUIREMENTS[exporter]));
}
