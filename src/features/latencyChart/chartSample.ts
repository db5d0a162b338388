import { roundedEstimate } from '../../core/sampling/sampleSize';
import type { TraceStore } from '../../core/store/traceStore';
import type { SignalPoint } from './points';
import type { ChartSample } from './protocol';

/** Of how many inferences the points since a time are a sample; `undefined` when they are all. */
export function chartSample(
  store: Pick<TraceStore, 'sample'>,
  points: readonly SignalPoint[],
  fromUs: number,
): ChartSample | undefined {
  const services = new Set(points.map(({ span }) => span.service));
  const samples = [...services].flatMap((service) => store.sample(service, fromUs) ?? []);
  if (samples.length === 0) return undefined;
  const relativeError = Math.max(...samples.map((sample) => sample.relativeError));
  const isAtLeast = samples.some((sample) => sample.isAtLeast);
  const known = points.filter(({ weight = 1 }) => weight > 0).length;
  const estimated = points.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return {
    known,
    estimated: roundedEstimate({ known, estimated, relativeError, isAtLeast }),
    errorPercent: Math.max(1, Math.round(relativeError * 100)),
    isAtLeast,
  };
}
