import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../../tools/bootstrap/cacheDir.mjs';
import { fileHash } from '../../tools/bootstrap/fileHash.mjs';
import { findOnPath } from '../../tools/bootstrap/findOnPath.mjs';
import { withLock } from '../../tools/bootstrap/lockFolder.mjs';
import { runLogged } from '../../tools/bootstrap/runLogged.mjs';
import { missing, type StepResult } from '../../tools/bootstrap/stepResult.mjs';

const source = path.resolve(__dirname, '../fixtures/exporters/java');

/** The command for the program with Java's exporter, built once for its sources and kept in the cache folder. */
export async function ensureJavaExporter(): Promise<StepResult<{ java: string; args: string[] }>> {
  const java = findOnPath('java');
  const maven = findOnPath('mvn');
  if (java === undefined || maven === undefined)
    return missing('Java', 'install a JDK 17 or newer and Maven to test Java’s exporter');
  const files = ['pom.xml', 'src/main/java/Send.java'].map((name) => path.join(source, name));
  const folder = path.join(cacheDir(), 'exporters', `java-${fileHash(files, [process.platform])}`);
  const stamp = path.join(folder, '.complete');
  const jars = ['classes', path.join('lib', '*')].map((name) => path.join(folder, name));
  const built = { ok: true as const, java, args: ['-cp', jars.join(path.delimiter), 'Send'] };
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
