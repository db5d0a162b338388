// @ts-check
import { say } from '../bootstrap/say.mjs';
import { StoryClock } from './storyClock.mjs';

/**
 * What the sample service tells of itself.
 * @typedef {object} ServiceEvents
 * @property {(line: string) => void} onLine what it prints
 * @property {() => void} onArrival its spans arrive
 *
 * @typedef {import('../inference/startInference.mjs').RunningInference} RunningInference
 * @typedef {import('../bootstrap/stepResult.mjs').StepResult<{service: RunningInference}>} StartedService
 *
 * @typedef {object} Story
 * @property {(line: string) => void} command what the user typed
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the sample service and has its story told, beginning when its spans arrive somewhere.
 * @param {object} options
 * @param {(events: ServiceEvents) => Promise<StartedService>} options.startService
 * @param {import('./storyClock.mjs').Timetable | undefined} options.timetable
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{story: Story}>>}
 */
export async function tellStory({ startService, timetable }) {
  /** @type {RunningInference | undefined} */
  let service;
  const clock = new StoryClock({ timetable, command: (line) => service?.command(line), say });
  const started = await startService({ onLine: showAnswer, onArrival: () => clock.begin() });
  if (!started.ok) return started;
  service = started.service;
  const command = (/** @type {string} */ line) => {
    if (/^\s*(slow|fast|worse|better)\b/.test(line)) clock.stepBack();
    service?.command(line);
  };
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    clock.stop();
    return started.service.stop();
  };
  service.exited.then(({ code }) => {
    clock.stop();
    if (!isStopping) say(`the sample service has ended, with code ${code}`);
  });
  return { ok: true, story: { command, stop } };
}

/**
 * Shows what the service answers, not the line that it prints for each inference.
 * @param {string} line
 */
function showAnswer(line) {
  if (/^(ready |#\d)/.test(line)) return;
  console.log(`  ${line}`);
}
