import assert from 'node:assert/strict';
import { chartData } from '../../../../src/features/latencyChart/model';
import { stepByKey } from '../../../../src/webview/latencyChart/keyboard';
import { nearestPoint } from '../../../../src/webview/latencyChart/nearestPoint';
import { tickKind, timeTicks } from '../../../../src/webview/latencyChart/timeTicks';
import { valueScale } from '../../../../src/webview/latencyChart/valueScale';
import { inputOf, minuteMs, nowMs } from '../../features/latencyChart/inferenceStore';

describe('the time axis', () => {
  const hourMs = 60 * minuteMs;
  const kolkata = () => 5.5 * hourMs;

  it('has ticks at whole steps, as many as there is room for', () => {
    const { stepMs, timesMs } = timeTicks(nowMs - hourMs, nowMs, 6, () => 0);
    assert.equal(stepMs, 10 * minuteMs);
    assert.deepEqual(
      timesMs.map((time) => new Date(time).toISOString().slice(11, 16)),
      ['11:10', '11:20', '11:30', '11:40', '11:50', '12:00'],
    );
  });

  it('is whole in local time, also where that is half an hour off', () => {
    const { timesMs } = timeTicks(nowMs - 6 * hourMs, nowMs, 6, kolkata);
    assert.ok(timesMs.every((time) => (time + 5.5 * hourMs) % hourMs === 0));
  });

  it('names days at midnight, and seconds where the steps are seconds', () => {
    assert.equal(
      tickKind(Date.UTC(2025, 9, 3), hourMs, () => 0),
      'day',
    );
    assert.equal(tickKind(Date.UTC(2025, 9, 2, 18, 30), hourMs, kolkata), 'day');
    assert.equal(
      tickKind(nowMs, 10_000, () => 0),
      'second',
    );
    assert.equal(
      tickKind(nowMs, minuteMs, () => 0),
      'minute',
    );
  });

  it('has few ticks even when there is no room', () => {
    assert.ok(timeTicks(nowMs - 400 * 24 * hourMs, nowMs, 0.2, () => 0).timesMs.length < 10);
  });
});

describe('the value axis', () => {
  const scaleOf = (...values: number[]) =>
    valueScale(chartData(inputOf(values.map((value, i) => ({ agoMs: (i + 1) * 10 * minuteMs, value })))));

  it('always holds zero and the threshold', () => {
    assert.deepEqual(scaleOf(), { min: 0, max: 400 });
    assert.deepEqual(scaleOf(12), { min: 0, max: 400 });
  });

  it('ends at a whole step above the highest value', () => {
    assert.deepEqual(scaleOf(751), { min: 0, max: 800 });
    assert.deepEqual(scaleOf(12_345), { min: 0, max: 15_000 });
  });
});

describe('the point under the pointer', () => {
  const data = chartData(
    inputOf([
      { agoMs: 30 * minuteMs, value: 100 },
      { agoMs: 0, value: 100 },
    ]),
  );
  const plot = { left: 50, right: 650, top: 20, bottom: 420, minValue: 0, maxValue: 400 };

  it('is the nearest one, within reach', () => {
    assert.equal(nearestPoint(data, plot, 64, 318), 0);
    assert.equal(nearestPoint(data, plot, 645, 325), 1);
    assert.equal(nearestPoint(data, plot, 350, 200), undefined);
  });
});

describe('keys on the chart', () => {
  it('begin with the newest point', () => {
    assert.equal(stepByKey('ArrowLeft', undefined, 5), 4);
  });

  it('step, jump, and stop at the ends', () => {
    assert.equal(stepByKey('ArrowLeft', 4, 5), 3);
    assert.equal(stepByKey('ArrowRight', 4, 5), 4);
    assert.equal(stepByKey('PageDown', 4, 5), 0);
    assert.equal(stepByKey('Home', 3, 5), 0);
    assert.equal(stepByKey('End', 0, 5), 4);
  });

  it('lead nowhere without points, and other keys never', () => {
    assert.equal(stepByKey('ArrowLeft', undefined, 0), undefined);
    assert.equal(stepByKey('x', 1, 5), undefined);
  });
});
