// @ts-check
import { freeTcpPort } from '../jaeger/freePorts.mjs';
import { startJaeger } from '../jaeger/startJaeger.mjs';
import { startPrometheus } from './startPrometheus.mjs';

/**
 * @typedef {object} SpanMetrics
 * @property {import('../jaeger/startJaeger.mjs').RunningJaeger} jaeger
 * @property {import('./startPrometheus.mjs').RunningPrometheus} prometheus
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a Jaeger that makes metrics of its spans, and the Prometheus that keeps them and that it asks for them.
 * @returns {Promise<SpanMetrics>}
 */
export async function startSpanMetrics() {
  const spanMetrics = await freeTcpPort();
  if (spanMetrics === undefined) throw new Error('no free port on 127.0.0.1');
  const prometheus = await startPrometheus({ scrapedPort: spanMetrics });
  try {
    const jaeger = await startJaeger({
      config: 'spm',
      prometheusUrl: prometheus.url,
      ports: { spanMetrics },
    });
    const stop = async () => {
      await jaeger.stop();
      await prometheus.stop();
    };
    return { jaeger, prometheus, stop };
  } catch (error) {
    await prometheus.stop();
    throw error;
  }
}
