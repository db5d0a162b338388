// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/**
 * The story is told in minutes, so its alert looks at one minute, six times a minute. The article's, and Whyspan's default, is five minutes,
 * each minute.
 */
const ALERT = { 'whyspan.alert.window': '1m', 'whyspan.alert.frequency': '10s' };

/** Room for what is written at the end of lines, beside the chart, too. */
const LAYOUT = { 'editor.minimap.enabled': false };

/**
 * What a window needs to receive the story itself, at this port.
 * @param {number} port
 * @returns {Record<string, unknown>}
 */
export function receivingSettings(port) {
  return {
    'whyspan.backend': 'embedded',
    'whyspan.receiver.port': port,
    'whyspan.keep.traces': false, // each start tells the story from its beginning
    ...ALERT,
    ...LAYOUT,
  };
}

/**
 * What a window needs to read the story from a Jaeger.
 * @param {string} url
 * @returns {Record<string, unknown>}
 */
export function jaegerSettings(url) {
  return {
    'whyspan.connections': [{ name: 'demo', url }],
    'whyspan.poll.intervalSeconds': 5,
    ...ALERT,
    ...LAYOUT,
  };
}

/**
 * The sample's folder with settings of its own.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.dataDir
 * @param {string} options.name of the file: two demonstrations at once need two
 * @param {Readonly<Record<string, unknown>>} options.settings
 * @returns {string} the .code-workspace file
 */
export function writeDemoWorkspace({ root, dataDir, name, settings }) {
  const file = path.join(dataDir, `${name}.code-workspace`);
  const content = { folders: [{ path: path.join(root, 'examples', 'inference') }], settings };
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}
