import type { SpanBlock } from '../../src/core/columns/spanBlock';
import { JaegerBlockDecoder } from '../../src/core/jaeger/jaegerBlockDecoder';
import { KnownTraces } from '../../src/core/jaeger/knownTraces';
import { skipAhead } from '../../src/sources/decoder/traceDecoder';
import { storeOf } from '../unit/core/store/storeOf';
import { inTurns, type Measurement, median, spread } from './support/compare';
import { jaegerAnswer } from './support/jaegerAnswer';

const chunkBytes = 64 * 1024;
const rounds = 9;

function decode(bytes: Buffer, known: KnownTraces): SpanBlock[] {
  const blocks: SpanBlock[] = [];
  const decoder = new JaegerBlockDecoder({ onBlock: (block) => blocks.push(block), known, skipAhead });
  for (let at = 0; at < bytes.length; at += chunkBytes) decoder.push(bytes.subarray(at, at + chunkBytes));
  decoder.end();
  return blocks;
}

/** From the bytes of an answer into a store with all its indexes, and the same answer again, each against JSON.parse of it. */
export async function bench(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [spans, limit] of [
    [10_000, 1.5],
    [50_000, 1.3],
  ] as const) {
    const bytes = jaegerAnswer(spans);
    const before = new KnownTraces();
    decode(bytes, before);
    const ingest = () => {
      const { store } = storeOf();
      for (const block of decode(bytes, new KnownTraces())) store.addBlocks([block], 0);
      if (store.stats().spans !== spans || store.sites().length < 10) throw new Error('not all was stored');
      return store;
    };
    const again = () => {
      const blocks = decode(bytes, before);
      if (blocks.length > 0) throw new Error('what is known was decoded again');
      return blocks;
    };
    const parse = () => JSON.parse(bytes.toString());
    const [parsed = [], ingested = [], repeated = []] = inTurns([parse, ingest, again], rounds);
    const ratios = (times: readonly number[]) => times.map((ms, i) => ms / (parsed[i] ?? Number.NaN));
    console.log(
      `${spans} spans, ${(bytes.length / 1e6).toFixed(1)} MB: JSON.parse ${spread(parsed)} ms, stored ${spread(ingested)} ms, again ${spread(repeated)} ms`,
    );
    const unit = '× JSON.parse';
    measurements.push({
      name: `${spans} spans: bytes to stored and indexed`,
      value: median(ratios(ingested)),
      unit,
      limit,
    });
    measurements.push({
      name: `${spans} spans: an unchanged answer again`,
      value: median(ratios(repeated)),
      unit,
      limit: 0.3,
    });
  }
  return measurements;
}
