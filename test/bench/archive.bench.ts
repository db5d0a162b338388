import assert from 'node:assert/strict';
import { composeBlocks } from '../../src/core/archive/composeBlocks';
import { decodeBlock } from '../../src/core/archive/decodeBlock';
import { encodeBlock } from '../../src/core/archive/encodeBlock';
import { nameMatcher } from '../../src/core/archive/nameMatcher';
import { readRecords, recordHeader, recordKinds } from '../../src/core/archive/recordFrame';
import { BlockBuilder } from '../../src/core/columns/blockBuilder';
import type { SpanBlock } from '../../src/core/columns/spanBlock';
import { tracesOf } from '../../src/core/columns/tracesOf';
import { blockOf } from '../../src/core/columns/writeTrace';
import { JaegerBlockDecoder } from '../../src/core/jaeger/jaegerBlockDecoder';
import { KnownTraces } from '../../src/core/jaeger/knownTraces';
import { decodeOtlpProtobuf } from '../../src/core/otlp/decodeOtlpProtobuf';
import type { Trace } from '../../src/core/trace/trace';
import { encodeResourceSpans } from '../../src/core/traceFile/encodeOtlpJson';
import { skipAhead } from '../../src/sources/decoder/traceDecoder';
import { encodeOtlp, type Json } from '../unit/core/otlp/otlpEncoder';
import { storeOf } from '../unit/core/store/storeOf';
import { inTurns, type Measurement, median, spread, timeMs } from './support/compare';
import { jaegerAnswer } from './support/jaegerAnswer';

const spanCount = 100_000;
const rounds = 5;
/** Traces of a request: an exporter sends 512 spans at once. */
const tracesOfRequest = 50;

function tracesOfAnswer(): readonly Trace[] {
  const blocks: SpanBlock[] = [];
  const onBlock = (block: SpanBlock) => blocks.push(block);
  const decoder = new JaegerBlockDecoder({ onBlock, known: new KnownTraces(), skipAhead });
  decoder.push(jaegerAnswer(spanCount));
  decoder.end();
  return tracesOf(blocks);
}

/** Traces as exporters send them: the bytes of requests, and the blocks that come of them. */
function requestsOf(traces: readonly Trace[]) {
  return Array.from({ length: Math.ceil(traces.length / tracesOfRequest) }, (_, i) => {
    const sent = traces.slice(i * tracesOfRequest, (i + 1) * tracesOfRequest);
    const resourceSpans: Json[] = JSON.parse(JSON.stringify(sent.flatMap(encodeResourceSpans)));
    return { bytes: encodeOtlp(resourceSpans), block: blockOf(sent) };
  });
}

function write(blocks: readonly SpanBlock[], isLeftOut?: (key: string) => boolean): Uint8Array[] {
  // As they wait for a third of a second, here about ten requests.
  return Array.from({ length: Math.ceil(blocks.length / 10) }, (_, i) =>
    [...composeBlocks(blocks.slice(i * 10, (i + 1) * 10), isLeftOut)].flatMap((block) => {
      const payload = encodeBlock(block);
      return [recordHeader(recordKinds.spans, 0, payload), payload];
    }),
  ).flat();
}

/** What keeping costs beside receiving, and bringing back beside that, each all the way from bytes or to them, without the disk. */
export async function bench(): Promise<Measurement[]> {
  const requests = requestsOf(tracesOfAnswer());
  const blocks = requests.map(({ block }) => block);
  const file = new Uint8Array(Buffer.concat(write(blocks)));
  let longestStepMs = 0;
  const receive = () => {
    const { store } = storeOf();
    for (const { bytes } of requests) store.mergeBlocks([blockOf(decodeOtlpProtobuf(bytes).traces)], 0);
    assert.equal(store.stats().spans, spanCount);
    return store;
  };
  const bringBack = () => {
    const { store } = storeOf();
    let builder = new BlockBuilder();
    const step = (work: () => unknown) => {
      longestStepMs = Math.max(longestStepMs, timeMs(work));
    };
    const take = () => {
      store.mergeBlocks([builder.take()], 0);
      builder = new BlockBuilder();
      return builder;
    };
    for (const { payload } of readRecords(file, recordKinds.spans).records) {
      step(() => decodeBlock(payload, builder));
      if (builder.spanCount >= 8192) step(take);
    }
    step(take);
    assert.equal(store.stats().spans, spanCount);
    return store;
  };
  const isLeftOut = nameMatcher(['http.request.*', '*token*']);
  const works = [receive, () => write(blocks), () => write(blocks, isLeftOut), bringBack];
  const [received = [], written = [], filtered = [], back = []] = inTurns(works, rounds);
  const ratio = (times: readonly number[]) => median(times.map((ms, i) => ms / (received[i] ?? Number.NaN)));
  console.log(
    `${spanCount} spans, ${(file.length / 1e6).toFixed(1)} MB in the log: received in ${spread(received)} ms, written in ${spread(written)} ms, ` +
      `without some attributes in ${spread(filtered)} ms, brought back in ${spread(back)} ms, in steps of ${longestStepMs.toFixed(1)} ms at most`,
  );
  const unit = '× receiving them';
  return [
    { name: `${spanCount} spans: encoding them for the log`, value: ratio(written), unit, limit: 0.25 },
    {
      name: `${spanCount} spans: the same without some attributes`,
      value: ratio(filtered),
      unit,
      limit: 0.4,
    },
    { name: `${spanCount} spans: from the log to stored and indexed`, value: ratio(back), unit, limit: 1 },
  ];
}
