import assert from 'node:assert/strict';
import type { MetricAnswer } from '../../../../src/core/metrics/metricSeries';

/** Holds all that the types and comments of a MetricAnswer promise, whatever was decoded. */
export function assertSoundMetrics(answer: MetricAnswer): void {
  if (answer.kind !== 'series') return;
  for (const { labels, points } of answer.series) {
    for (const [name, value] of labels) assert.ok(typeof name === 'string' && typeof value === 'string');
    points.forEach(({ timeUs, value }, i) => {
      assert.ok(Number.isSafeInteger(timeUs) && timeUs >= 0, `a time: ${timeUs}`);
      assert.ok(typeof value === 'number' && !Number.isNaN(value), `a value: ${value}`);
      assert.ok(timeUs >= (points[i - 1]?.timeUs ?? 0), 'points are ordered by time');
    });
  }
  for (const { what } of answer.problems) assert.ok(what !== '');
  assert.ok(answer.problems.length <= 3 * answer.series.length + 1, 'one problem is told once');
}
