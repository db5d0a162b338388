// @ts-check
import { ensureChromium } from '../bootstrap/chromium.mjs';
import { ensureInferenceEnv } from '../inference/inferenceEnv.mjs';
import { installJaeger } from '../jaeger/installJaeger.mjs';
import { installPrometheus } from '../prometheus/installPrometheus.mjs';
import { installHost } from '../vscode-host/installHost.mjs';
import { isDesktop } from '../vscode-host/launchVscode.mjs';

/**
 * @typedef {import('../bootstrap/stepResult.mjs').StepResult<{}>} Outcome
 * @typedef {'jaeger' | 'python' | 'prometheus' | 'chromium' | 'vscode'} Tool
 */

/** The tools that stages need, each installed at its first use and asked for once. */
export class Tools {
  /** @type {Map<Tool, Promise<Outcome>>} */
  #asked = new Map();

  /**
   * @param {readonly Tool[]} needed
   * @returns {Promise<Outcome>} the first that is missing, or ok
   */
  async ensure(needed) {
    for (const tool of needed) {
      const asked = this.#asked.get(tool) ?? INSTALL[tool]();
      this.#asked.set(tool, asked);
      const outcome = await asked;
      if (!outcome.ok) return outcome;
    }
    return { ok: true };
  }
}

/** @type {Record<Tool, () => Promise<Outcome>>} */
const INSTALL = {
  jaeger: async () => {
    const jaeger = await installJaeger();
    if (jaeger.ok) process.env.WHYSPAN_JAEGER = jaeger.path; // for what is started from here on
    return jaeger;
  },
  python: async () => {
    const forJaeger = await ensureInferenceEnv('jaeger');
    return forJaeger.ok ? ensureInferenceEnv('otlp') : forJaeger;
  },
  prometheus: async () => {
    const prometheus = await installPrometheus();
    if (prometheus.ok) process.env.WHYSPAN_PROMETHEUS = prometheus.path;
    return prometheus;
  },
  chromium: () => ensureChromium(),
  vscode: async () => {
    if (isDesktop()) return { ok: true };
    const chromium = await ensureChromium();
    return chromium.ok ? installHost() : chromium;
  },
};
