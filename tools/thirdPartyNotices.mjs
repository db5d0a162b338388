// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/**
 * The licences of all packages whose code or data is shipped, as one text: what their licences ask for.
 * @param {string} root of the project
 * @param {Iterable<string>} shippedFiles relative to root; those outside of node_modules are our own
 * @returns {string}
 */
export function thirdPartyNotices(root, shippedFiles) {
  const folders = new Set(
    [...shippedFiles].flatMap(
      (file) =>
        /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0] ?? [],
    ),
  );
  return [...folders]
    .sort()
    .map((folder) => notice(path.join(root, folder)))
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder of a package @returns {string} */
function notice(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(entry));
  const text = file === undefined ? '' : fs.readFileSync(path.join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license ?? 'see its repository'})\n\n${text}`;
}
