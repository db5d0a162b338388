// @ts-check
import { fileURLToPath } from 'node:url';
import { ensureMavenProgram } from '../fixtures/mavenProgram.mjs';

const source = fileURLToPath(new URL('../../test/fixtures/exporters/java', import.meta.url));

/**
 * The command for the program with Java's exporter, built once for its sources and kept in the cache folder.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{command: string, args: string[]}>>}
 */
export async function ensureJavaExporter() {
  const built = await ensureMavenProgram(source, 'exporter');
  return built.ok ? { ok: true, command: built.java, args: ['-cp', built.classPath, 'Send'] } : built;
}
