// @ts-check
import { fileURLToPath } from 'node:url';
import { ensureGoProgram } from '../fixtures/goProgram.mjs';

const source = fileURLToPath(new URL('../../test/fixtures/exporters/go', import.meta.url));

/**
 * The program with Go's exporter, built once for its sources and kept in the cache folder.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{command: string, args: string[]}>>}
 */
export async function ensureGoExporter() {
  const built = await ensureGoProgram(source, 'exporter');
  return built.ok ? { ok: true, command: built.path, args: [] } : built;
}
