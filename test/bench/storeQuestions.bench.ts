import { setTimeout as delay } from 'node:timers/promises';
import { JaegerBlockDecoder } from '../../src/core/jaeger/jaegerBlockDecoder';
import { windowStatistics } from '../../src/core/statistics/windowStatistics';
import { CriticalShares } from '../../src/core/store/criticalShares';
import type { TraceStore } from '../../src/core/store/traceStore';
import { storeOf } from '../unit/core/store/storeOf';
import { type Measurement, median, spread, timeMs } from './support/compare';
import { firstStartUs, jaegerAnswer } from './support/jaegerAnswer';
import { lensData as lensDataAt } from './support/watchingFaces';

const rounds = 15;
const lensData = (store: TraceStore) => lensDataAt(store, firstStartUs + 3_600_000_000);

function fill(store: TraceStore, from: number, spans: number): void {
  const decoder = new JaegerBlockDecoder({ onBlock: (block) => store.addBlocks([block], 0) });
  decoder.push(jaegerAnswer(spans, 10, from));
  decoder.end();
}

function storeWith(spans: number): TraceStore {
  const { store, changes } = storeOf();
  for (let from = 0; from < spans; from += 10_000) fill(store, from, 10_000);
  changes.length = 0;
  return store;
}

/** The time after each of some polls that brought a hundred traces. */
function lensTimes(spans: number): number[] {
  const store = storeWith(spans);
  lensData(store);
  return Array.from({ length: rounds + 3 }, (_, round) => {
    fill(store, spans + round * 1000, 1000);
    return timeMs(() => lensData(store));
  }).slice(3);
}

async function bytesPerSpan(): Promise<number> {
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      globalThis.gc?.();
      await delay(20);
    }
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + Math.max(external, arrayBuffers);
  };
  // Once before: compiled code is no span's.
  lensData(storeWith(10_000));
  const before = await settle();
  const store = storeWith(50_000);
  lensData(store);
  const after = await settle();
  return (after - before) / store.stats().spans;
}

/** The time of each step in which heat is counted, of 200 traces. */
function heatTimes(): number[] {
  const store = storeWith(100_000);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const shares = new CriticalShares(store);
    let hasMore = true;
    while (hasMore) times.push(timeMs(() => (hasMore = shares.step())));
    if (shares.shares().size === 0) throw new Error('no heat');
  }
  return times;
}

export async function bench(): Promise<Measurement[]> {
  const memory = await bytesPerSpan();
  const [small, large] = [lensTimes(10_000), lensTimes(100_000)];
  const values = Float64Array.from({ length: 10_000 }, (_, i) => 10 + ((i * 7919) % 100_003) / 1009);
  const statistics = Array.from({ length: 30 }, () => timeMs(() => windowStatistics(values.slice()))).slice(
    10,
  );
  const heat = heatTimes();
  console.log(`a step of counting heat: ${spread(heat)} ms`);
  console.log(
    `lens data: 10,000 spans ${spread(small)} ms, 100,000 spans ${spread(large)} ms; window ${spread(statistics)} ms`,
  );
  return [
    { name: 'memory a span', value: memory, unit: 'B', limit: 350 },
    {
      name: 'lens data of a file, 10,000 spans, after a poll of 1,000',
      value: median(small),
      unit: 'ms',
      limit: 1,
    },
    {
      name: 'lens data of a file, 100,000 spans, after a poll of 1,000',
      value: median(large),
      unit: 'ms',
      limit: 2,
    },
    { name: 'a step of counting heat, 100,000 spans', value: median(heat), unit: 'ms', limit: 8 },
    { name: 'avg, p50, p95, p99 of a window of 10,000', value: median(statistics), unit: 'ms', limit: 1 },
  ];
}
