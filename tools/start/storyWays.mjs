// @ts-check
import path from 'node:path';
import { jaegerSettings, receivingSettings } from './demoWorkspace.mjs';
import { findOrStartJaeger } from './findOrStartJaeger.mjs';
import { claimReceiverPort } from './receiverPort.mjs';
import { sendToEditor } from './sendToEditor.mjs';
import { sendToJaeger } from './sendToJaeger.mjs';

/**
 * How the spans of the sample get to the window.
 * @typedef {object} Way
 * @property {string} workspaceName
 * @property {Readonly<Record<string, unknown>>} settings of the window
 * @property {(events: import('./tellStory.mjs').ServiceEvents) => Promise<import('./tellStory.mjs').StartedService>} startService
 * @property {() => Promise<void>} stop
 */

/**
 * Straight into the window.
 * @param {string} dataDir
 * @returns {Promise<Way>}
 */
export async function wayIntoEditor(dataDir) {
  const { port, release } = await claimReceiverPort();
  const name = port === 4318 ? 'whyspan-demo' : `whyspan-demo-${port}`;
  const options = { otlpEndpoint: `http://127.0.0.1:${port}`, logFile: path.join(dataDir, `${name}.log`) };
  return {
    workspaceName: name,
    settings: receivingSettings(port),
    startService: (events) => sendToEditor(options, events),
    stop: async () => release(),
  };
}

/**
 * Through a real Jaeger, the one that runs or one of our own.
 * @param {string} dataDir
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{way: Way}>>}
 */
export async function wayThroughJaeger(dataDir) {
  const jaeger = await findOrStartJaeger();
  if (!jaeger.ok) return jaeger;
  const way = {
    workspaceName: 'whyspan-demo-jaeger',
    settings: jaegerSettings(jaeger.url),
    startService: (/** @type {import('./tellStory.mjs').ServiceEvents} */ events) =>
      sendToJaeger(jaeger, path.join(dataDir, 'inference.log'), events),
    stop: jaeger.stop,
  };
  return { ok: true, way };
}
