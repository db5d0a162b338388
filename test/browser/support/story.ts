import type { ChartInput } from '../../../src/features/latencyChart/model';
import { chartData } from '../../../src/features/latencyChart/model';
import type { ChartData } from '../../../src/features/latencyChart/protocol';
import {
  inputOf,
  minuteMs,
  nowMs,
  type TestInference,
} from '../../unit/features/latencyChart/inferenceStore';

/** The story of the article in one hour: calm, a gap without data, storage that becomes slow, and still is. */
export function storyInferences(): readonly TestInference[] {
  const inferences: TestInference[] = [];
  for (let agoMs = 59 * minuteMs; agoMs >= 0; agoMs -= 20_000) {
    const ago = agoMs / minuteMs;
    if (ago < 50 && ago > 40) continue;
    // Unlike any random number, the same in each run.
    const noise = Math.sin(agoMs / 7000) * 22 + Math.sin(agoMs / 2300) * 14;
    const isSlow = ago < 18 && ago > 1;
    const spike = isSlow && Math.round(agoMs / 20_000) % 7 === 0 ? 240 : 0;
    const value = isSlow ? 430 + noise * 3 + spike : 125 + noise;
    inferences.push({
      agoMs,
      value,
      prediction: isSlow ? 'fallback: bestsellers' : `product-${Math.round(ago)}`,
    });
  }
  return inferences;
}

/** The story's data; a test changes what it is about. */
export function storyData(change: Partial<ChartInput> = {}): ChartData {
  const us = (minutesAgo: number) => (nowMs - minutesAgo * minuteMs) * 1000;
  const state = {
    ...{ name: 'alerting' as const, sinceUs: us(15), isFiringTold: true, isOutageTold: false },
    evaluation: { result: 'firing' as const, worst: { service: 'recommender', value: 400 } },
  };
  const periods = [
    { state: 'ok' as const, fromUs: us(80), toUs: us(45) },
    { state: 'no_data' as const, fromUs: us(45), toUs: us(40) },
    { state: 'ok' as const, fromUs: us(40), toUs: us(15) },
    { state: 'alerting' as const, fromUs: us(15), toUs: undefined },
  ];
  const input = inputOf(storyInferences(), { alerts: { state, periods }, ...change });
  return chartData(input);
}
