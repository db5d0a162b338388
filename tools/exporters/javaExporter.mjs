// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir } from '../bootstrap/cacheDir.mjs';
import { fileHash } from '../bootstrap/fileHash.mjs';
import { findOnPath } from '../bootstrap/findOnPath.mjs';
import { withLock } from '../bootstrap/lockFolder.mjs';
import { runLogged } from '../bootstrap/runLogged.mjs';
import { missing } from '../bootstrap/stepResult.mjs';

const source = fileURLToPath(new URL('../../test/fixtures/exporters/java', import.meta.url));

/**
 * The command for the program with Java's exporter, built once for its sources and kept in the cache folder.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{command: string, args: string[]}>>}
 */
export async function ensureJavaExporter() {
  const java = findOnPath('java');
  const maven = findOnPath('mvn');
  if (java === undefined || maven === undefined)
    return missing('Java', 'install a JDK 17 or newer and Maven to test Java’s exporter');
  const files = ['pom.xml', 'src/main/java/Send.java'].map((name) => path.join(source, name));
  const folder = path.join(cacheDir(), 'exporters', `java-${fileHash(files, [process.platform])}`);
  const stamp = path.join(folder, '.complete');
  const jars = ['classes', path.join('lib', '*')].map((name) => path.join(folder, name));
  const args = ['-cp', jars.join(path.delimiter), 'Send'];
  const built = { ok: /** @type {const} */ (true), command: java, args };
  if (fs.existsSync(stamp)) return built;
  return withLock(`${folder}.lock`, async () => {
    if (fs.existsSync(stamp)) return built;
    fs.rmSync(folder, { recursive: true, force: true });
    fs.cpSync(source, folder, { recursive: true });
    const { ok } = await runLogged({
      what: 'building Java’s exporter',
      command: maven,
      args: ['-B', '-ntp', '-q', 'compile', 'dependency:copy-dependencies'],
      cwd: folder,
      logFile: `${folder}.log`,
    });
    if (!ok) return missing('Java’s exporter', `it could not be built; see ${folder}.log`);
    fs.writeFileSync(stamp, '');
    return built;
  });
}
