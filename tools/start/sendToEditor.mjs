// @ts-check
import { say } from '../bootstrap/say.mjs';
import { ensureInferenceEnv } from '../inference/inferenceEnv.mjs';
import { startInference } from '../inference/startInference.mjs';

/**
 * Starts the sample service with the editor as the receiver of its spans, which may open later: until then they are lost, and
 * nothing is said of each that is.
 * @param {{otlpEndpoint: string, rate?: number, logFile?: string}} options
 * @param {import('./tellStory.mjs').ServiceEvents} events
 * @returns {Promise<import('./tellStory.mjs').StartedService>}
 */
export async function sendToEditor({ otlpEndpoint, rate, logFile }, { onLine, onArrival }) {
  const env = await ensureInferenceEnv('otlp');
  if (!env.ok) return env;
  let hasArrived = false;
  const service = await startInference({
    exporter: 'otlp',
    otlpEndpoint,
    rate,
    logFile,
    onLine: (line) => {
      if (/^spans arrive at /.test(line)) {
        if (!hasArrived) onArrival();
        else onLine(line);
        hasArrived = true;
      } else if (hasArrived || !line.startsWith('telemetry: ')) onLine(line);
    },
  });
  const where = logFile === undefined ? '' : ` (its log: ${logFile})`;
  say(`the sample service "${service.service}" infers and sends its spans to ${otlpEndpoint}${where}`);
  if (!hasArrived) say('the story begins when the window that opens receives them');
  return { ok: true, service };
}
