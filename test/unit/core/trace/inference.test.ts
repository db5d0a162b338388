import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findInferences } from '../../../../src/core/trace/findInferences';
import {
  defaultInferenceDefinition,
  type Inference,
  isInference,
  type LatencyUnit,
  maxPredictionLength,
  readNumber,
} from '../../../../src/core/trace/inference';
import type { AttributeValue } from '../../../../src/core/trace/span';
import { type SpanDraft, spanOf, traceOf } from '../spanOf';

const name = defaultInferenceDefinition.spanName;

function inferenceOf(draft: SpanDraft, latencyUnit: LatencyUnit = 'ms'): Inference {
  const [found] = findInferences(traceOf([{ name, ...draft }]), {
    ...defaultInferenceDefinition,
    latencyUnit,
  });
  return found ?? assert.fail('no inference');
}

const withLatency = (value: AttributeValue, unit?: LatencyUnit) =>
  inferenceOf({ attributes: { storage_latency_ms: value } }, unit);

describe('isInference', () => {
  const is = (draft: SpanDraft) => isInference(spanOf(draft), defaultInferenceDefinition);

  it('knows an inference by its name', () => {
    assert.ok(is({ name }));
    assert.ok(!is({ name: `${name}2` }));
  });

  it('knows an inference of another name by both of its attributes', () => {
    assert.ok(is({ attributes: { storage_latency_ms: 1, model_prediction: 'cat' } }));
    assert.ok(!is({ attributes: { storage_latency_ms: 1 } }));
    assert.ok(!is({ attributes: { model_prediction: 'cat' } }));
  });
});

describe('findInferences', () => {
  it('finds every inference of a trace, in the order of its spans', () => {
    const trace = traceOf([
      { id: 3, name, startTimeUs: 30, durationUs: 5 },
      { id: 2, name: 'other', startTimeUs: 20 },
      { id: 1, name, startTimeUs: 10, durationUs: 5 },
    ]);
    assert.deepEqual(
      findInferences(trace, defaultInferenceDefinition).map((inference) => inference.endTimeUs),
      [15, 35],
    );
  });

  it('reads the latency in milliseconds from any unit, also from text', () => {
    assert.equal(withLatency(12.5).storageLatencyMs, 12.5);
    assert.equal(withLatency(' 12.5 ').storageLatencyMs, 12.5);
    assert.equal(withLatency(2, 's').storageLatencyMs, 2000);
    assert.equal(withLatency(2500, 'us').storageLatencyMs, 2.5);
    assert.equal(withLatency(0).storageLatencyMs, 0);
  });

  it('says that a latency is there and cannot be read', () => {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, 'NaN', '', 'slow', '-3', true, '0x10']) {
      const inference = withLatency(value);
      assert.deepEqual(
        [inference.storageLatencyMs, inference.hasUnreadableLatency],
        [undefined, true],
        String(value),
      );
    }
    assert.deepEqual(inferenceOf({}).hasUnreadableLatency, false);
  });

  it('never gives a latency that is not finite, whatever the unit', () => {
    const inference = withLatency(1e308, 's');
    assert.deepEqual([inference.storageLatencyMs, inference.hasUnreadableLatency], [undefined, true]);
  });

  it('makes a short harmless line of the prediction', () => {
    const predicted = (value: AttributeValue) =>
      inferenceOf({ attributes: { model_prediction: value } }).prediction;
    assert.equal(predicted('cat\n\u202e'), 'cat');
    assert.equal(predicted(0.73), '0.73');
    assert.equal(predicted(false), 'false');
    assert.equal(predicted('x'.repeat(1_000_000))?.length, maxPredictionLength);
    assert.equal(inferenceOf({}).prediction, undefined);
  });
});

describe('readNumber', () => {
  it('reads every finite number, and its decimal text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        assert.equal(readNumber(number), number);
        assert.equal(readNumber(String(number)), Number(String(number)));
      }),
    );
  });

  it('reads no text that is more than a decimal number', () => {
    for (const text of ['1 2', '1,5', '1_000', 'Infinity', '0b1', '5ms', '.', 'e5', `${'1'.repeat(64)}x`]) {
      assert.equal(readNumber(text), undefined, text);
    }
  });
});
