import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { defaultLensFormat, lensFields } from '../../../../src/core/lens/lensFields';
import { LensFormat } from '../../../../src/core/lens/lensFormat';
import type { SiteSummary } from '../../../../src/core/store/siteSummary';
import { type LensContext, lensText } from '../../../../src/features/annotations/lensText';
import { english as t } from '../explorer/english';
import { anyText, assertShortLine, hostileTexts } from '../explorer/hostile';
import { plainSampleOf, sampleOf, summaryOf } from './sampleOf';

const minute = 60_000_000;
const nowUs = 100 * minute;
const context: LensContext = {
  recent: { nowUs, windowUs: 5 * minute },
  thresholdMs: 300,
  share: 0.714,
  t,
};
const say = (summary: SiteSummary, format = defaultLensFormat, change: Partial<LensContext> = {}) =>
  lensText(summary, new LensFormat(format), { ...context, ...change });

/** Inferences, the newest first, so many minutes apart. */
const inferences = (latencies: readonly number[], predictions: readonly string[] = [], apart = 1) =>
  summaryOf(
    latencies.map((latency, i) => {
      const prediction = predictions[i];
      return sampleOf({
        latency,
        endUs: nowUs - i * apart * minute,
        ...(prediction === undefined ? {} : { prediction }),
      });
    }),
  );

describe('the lens of a function', () => {
  it('says runs, storage latency, the window as a share of the threshold, and predictions', () => {
    assert.equal(
      say(inferences([40, 50, 60, 450], ['cat', 'dog', 'cat', 'cat'])),
      '4 runs · storage avg 150 ms · p95 391 ms · 50 % of threshold in 5m · cat: 75 %, dog: 25 %',
    );
  });

  it('counts one run as one', () => {
    assert.equal(say(inferences([45]), '{runs} · {avg}'), '1 run · storage avg 45 ms');
  });

  it('says the durations of a function that makes other spans', () => {
    const samples = [1000, 3000].map((durationUs) => plainSampleOf({ durationUs }));
    assert.equal(say(summaryOf(samples)), '2 runs · avg 2 ms · p95 2.9 ms');
  });

  it('says no time of inferences whose latency is not known: theirs is not that of the storage', () => {
    assert.equal(say(summaryOf([sampleOf({ prediction: 'cat' })])), '1 run · cat: 100 %');
    assert.equal(say(summaryOf([sampleOf({})])), '1 run');
  });

  it('says how many failed', () => {
    const failed = plainSampleOf({ status: 'error' });
    assert.equal(say(summaryOf([failed, plainSampleOf({})])), '2 runs · avg 0 µs · p95 0 µs · 50 % errors');
    const many = [failed, ...Array.from({ length: 200 }, () => plainSampleOf({}))];
    assert.equal(say(summaryOf(many)), '201 runs · avg 0 µs · p95 0 µs · <1 % errors');
  });

  it('says in words how the window compares with the time before', () => {
    const trend = (now: number, before: number) =>
      say(
        inferences(
          [...Array.from({ length: 10 }, () => now), ...Array.from({ length: 20 }, () => before)],
          [],
          0.5,
        ),
        '{trend}',
      );
    assert.equal(trend(450, 9), '↗ 50× as slow as before');
    assert.equal(trend(15, 10), '↗ 50 % slower than before');
    assert.equal(trend(5, 10), '↘ 50 % faster than before');
    assert.equal(trend(11, 10), '→ as before');
    assert.equal(trend(10, 0), '');
    assert.equal(say(inferences([450, 9]), '{trend}'), '');
  });

  it('compares imported traces, which are of no window, with nothing', () => {
    const summary = inferences([400, 400, 400, 400, 400, ...Array.from({ length: 20 }, () => 9)], ['cat']);
    assert.equal(say(summary, '{runs} · {threshold} · {trend}', { recent: undefined }), '25 runs');
  });

  it('says no share of a threshold of something else', () => {
    const summary = inferences([450]);
    assert.equal(say(summary, '{threshold}|{threshold.share}', { thresholdMs: undefined }), '');
    assert.equal(say(summary, '{threshold.share}'), '150 %');
    assert.equal(say(summary, '{threshold.share}', { thresholdMs: 0 }), '');
  });

  it('says bare values, and the share of the critical path, to whom asks for them', () => {
    const summary = inferences([40, 60], ['cat', 'dog']);
    assert.equal(
      say(summary, '{latency.avg} | {latency.p50} | {latency.max} | {last} | {share}'),
      '50 ms | 50 ms | 60 ms | last → cat | 71 % of the critical path',
    );
    assert.equal(say(summary, '{duration.avg} of {latency.p99}'), '0 µs of 59.8 ms');
    assert.equal(
      say(summaryOf([plainSampleOf({})]), '{latency.p95} · {errors.share} · {share}', { share: undefined }),
      '',
    );
  });

  it('says what the time was spent on', () => {
    const read = plainSampleOf({ name: 'GET', durationUs: 1000, attributes: { 'db.system': 'redis' } });
    assert.equal(say(summaryOf([read]), '{split}'), 'storage 100 %');
    assert.equal(say(summaryOf([plainSampleOf({ name: 'work', durationUs: 1000 })]), '{split}'), '');
  });

  it('says of a latency that no attribute gives where it is from', () => {
    const latencyMs = { count: 1, avg: 12, max: 12, quantile: () => 12 };
    const summary = { ...summaryOf([sampleOf({ latency: 12 })]), latencyMs, isLatencyDerived: true };
    assert.equal(say(summary, '{avg} · {p95}'), 'storage avg 12 ms (derived) · p95 12 ms');
  });

  it('knows each field that there is', () => {
    const failed = { status: 'error' } as const;
    const summary = summaryOf(
      Array.from({ length: 40 }, (_, i) =>
        sampleOf({
          ...{ latency: 5 + i, prediction: 'cat', endUs: nowUs - i * 0.2 * minute, ...failed },
          ...{ durationUs: 1000, attributes: { 'gen_ai.operation.name': 'chat' } },
        }),
      ),
    );
    for (const field of lensFields) assert.notEqual(say(summary, `{${field}}`), '', field);
  });

  it('is one short line whatever the predictions', () => {
    for (const prediction of hostileTexts)
      assertShortLine(
        say(summaryOf([sampleOf({ latency: 1, prediction })]), '{runs} · {last} · {predictions}'),
        160,
      );
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (predictions) => {
        const summary = inferences(
          predictions.map(() => 1),
          predictions,
        );
        const lens = say(summary, '{last} · {predictions}');
        assertShortLine(lens, 160);
        assert.doesNotMatch(lens, /\$\(/);
      }),
      { numRuns: 50 },
    );
    assert.equal(
      say(summaryOf([sampleOf({ latency: 1, prediction: '\u200b' })]), '{runs} · {last}'),
      '1 run',
    );
  });
});
