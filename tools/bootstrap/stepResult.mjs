// @ts-check

/**
 * What a bootstrap step gives: what it found or installed, or the name of what is missing and what to do about it.
 * The caller decides whether that means skipping (and counting) or failing.
 * @template T
 * @typedef {({ok: true} & T) | Missing} StepResult
 */

/**
 * @typedef {object} Missing
 * @property {false} ok
 * @property {string} missing the tool's name
 * @property {string} hint what to do
 */

/**
 * @param {string} name
 * @param {string} hint
 * @returns {Missing}
 */
export function missing(name, hint) {
  return { ok: false, missing: name, hint };
}
