import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { defaultLensFormat } from '../../../../src/core/lens/lensFields';
import { LensFormat } from '../../../../src/core/lens/lensFormat';
import { mix } from '../../../../src/core/statistics/mix';
import { lensText } from '../../../../src/features/annotations/lensText';
import {
  fromFile,
  importedLatencyText,
  latencyText,
  mixText,
  predictionText,
} from '../../../../src/features/annotations/text';
import { english as t } from '../explorer/english';
import { anyText, assertShortLine, hostileTexts } from '../explorer/hostile';
import { sampleOf, storeWith, summaryOf } from './sampleOf';

const minute = 60_000_000;
const nowUs = 100 * minute;

/** Samples, the newest first, a minute apart. */
const samplesOf = (latencies: readonly number[], predictions: readonly string[] = []) =>
  summaryOf(
    latencies.map((latency, index) => {
      const prediction = predictions[index];
      return sampleOf({
        latency,
        endUs: nowUs - index * minute,
        ...(prediction === undefined ? {} : { prediction }),
      });
    }),
  );

const format = new LensFormat(defaultLensFormat);
const context = { recent: undefined, thresholdMs: undefined, share: undefined, t };

describe('the texts of a sample', () => {
  const second = 1_000_000;
  const inference = (startTimeUs: number, latency: number, prediction: string) =>
    sampleOf({ latency, prediction, startTimeUs });
  const spans = [
    ...Array.from({ length: 40 }, (_, i) => inference(second + i, 10, 'cat')),
    ...Array.from({ length: 10 }, (_, i) => inference(5 * second + i, 110, 'dog')),
  ];
  const { service } = spans[0] ?? sampleOf({});
  const stratum = { fromUs: 0, toUs: 4 * second, sliceFromUs: second, sliceToUs: 2 * second, weight: 4 };
  const whole = { fromUs: 4 * second, toUs: 9 * second, sliceFromUs: 4 * second, sliceToUs: 9 * second };
  const rest = { count: 0, isCut: false, slowUs: Number.POSITIVE_INFINITY };
  const { store, keys } = storeWith(spans);
  store.cover(
    service,
    [
      { ...stratum, ...rest },
      { ...whole, weight: 1, ...rest },
    ],
    0,
  );
  const summary = store.summary(keys);

  it('say of how many, and go by what each one stands for', () => {
    // 40 stand for 160; 10 for themselves.
    assert.equal(
      lensText(summary, format, context),
      '50 of about 170 runs · storage avg 15.9 ms · p95 110 ms · cat: 94 %, dog: 6 %',
    );
    assert.match(
      latencyText(summary, { nowUs: 9 * second, windowUs: 9 * second }, t),
      /a sample, 50 of about 170/,
    );
    assert.match(predictionText(summary, undefined, t), / · a sample, 50 of about 170$/);
    assert.equal(summary.latencyMs.quantile(0.5), 10);
  });

  it('say nothing of it when all is there', () => {
    store.cover(service, [{ ...whole, fromUs: 0, sliceFromUs: 0, weight: 1, ...rest }], 0);
    assert.equal(
      lensText(store.summary(keys), format, context),
      '50 runs · storage avg 30 ms · p95 110 ms · cat: 80 %, dog: 20 %',
    );
  });
});

describe('latencyText', () => {
  const say = (latencies: readonly number[], windowUs = 5 * minute, at = nowUs) =>
    latencyText(samplesOf(latencies), { nowUs: at, windowUs }, t);

  it('says the last value and the average of the window', () => {
    assert.equal(say([45, 55, 1000]), '45 ms · avg 367 ms in 5m');
    assert.equal(say([45, 55, 1000], 2 * minute), '45 ms · avg 50 ms in 2m');
  });

  it('says that the window is empty', () => {
    assert.equal(say([45], 5 * minute, nowUs + 5 * minute), '45 ms · none in the last 5m');
  });

  it('says which way it goes, once there are enough values', () => {
    assert.equal(say([400, 410, 50, 50, 50, 50]), '400 ms · avg 192 ms in 5m · ↗ rising');
    assert.equal(say([50, 50, 400, 400, 400, 400]), '50 ms · avg 260 ms in 5m · ↘ falling');
    assert.equal(say([50, 50, 50, 50, 50, 50]), '50 ms · avg 50 ms in 5m · → steady');
    assert.equal(say([400, 410, 50, 50, 50]), '400 ms · avg 192 ms in 5m');
  });

  it('is empty without a latency', () => {
    assert.equal(say([]), '');
    assert.equal(latencyText(summaryOf([sampleOf({ latency: 'slow' })]), { nowUs, windowUs: minute }, t), '');
  });
});

describe('predictionText', () => {
  const say = (summary: ReturnType<typeof summaryOf>, windowUs = 10 * minute, at = nowUs) =>
    predictionText(summary, { nowUs: at, windowUs }, t);
  const samples = samplesOf([1, 1, 1, 1, 1, 1], ['cat', 'dog', 'cat', 'emu', 'fox', 'cat']);

  it('says the last prediction and the mix of the window', () => {
    assert.equal(say(samples), '→ cat · cat: 50 %, dog: 17 %, emu: 17 %, … in 10m');
    assert.equal(say(samples, 2 * minute), '→ cat · cat: 50 %, dog: 50 % in 2m');
  });

  it('says that the window is empty', () => {
    assert.equal(say(samples, 5 * minute, nowUs + 5 * minute), '→ cat · none in the last 5m');
  });

  it('is empty without a prediction', () => {
    assert.equal(say(samplesOf([1])), '');
    assert.equal(say(summaryOf([sampleOf({ prediction: '\n' })])), '');
  });

  it('is one short line whatever the predictions', () => {
    for (const prediction of hostileTexts)
      assertShortLine(say(summaryOf([sampleOf({ prediction, endUs: nowUs })])), 80);
  });
});

describe('mixText', () => {
  it('averages many different numbers, of which none repeats', () => {
    const scores = Array.from({ length: 20 }, (_, index) => String(index / 20));
    assert.equal(mixText(mix(scores), t), 'avg 0.475');
    assert.equal(mixText(mix(['0.5', '0.5', '0.7']), t), '0.5: 67 %, 0.7: 33 %');
  });

  it('does not take for numbers what are none', () => {
    const labels = Array.from({ length: 20 }, (_, index) => `c${index}`);
    assert.match(mixText(mix(labels), t), /^c0: 5 %, c1: 5 %, c10: 5 %, …$/);
    assert.match(mixText(mix([...labels.keys(), 'Infinity'].map(String)), t), /5 %, …$/);
  });

  it('says of rare ones that they are there', () => {
    assert.equal(
      mixText(mix([...Array.from({ length: 500 }, () => 'cat'), 'dog']), t),
      'cat: 100 %, dog: <1 %',
    );
  });

  it('is one short line whatever it is given', () => {
    fc.assert(fc.property(fc.array(anyText), (labels) => assertShortLine(mixText(mix(labels), t), 80)));
  });
});

describe('importedLatencyText and fromFile', () => {
  it('say the last value and the average of all, whenever that was, and from which file', () => {
    assert.equal(importedLatencyText(samplesOf([40, 60]), t), '40 ms · avg 50 ms');
    assert.equal(importedLatencyText(samplesOf([]), t), '');
    assert.equal(fromFile('40 ms', 'a.json', t), '40 ms · from a.json');
    assert.equal(fromFile('40 ms', undefined, t), '40 ms');
    assert.equal(fromFile('', 'a.json', t), '');
  });

  it('draw no icon and no long line of a hostile name', () => {
    assert.equal(fromFile('x', '$(bug).json', t), 'x · from $ (bug).json');
    for (const text of hostileTexts) assertShortLine(fromFile('x', text, t), 60);
  });
});
