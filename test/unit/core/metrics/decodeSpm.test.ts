import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseRfc3339 } from '../../../../src/core/jaeger/parseRfc3339';
import { rfc3339 } from '../../../../src/core/jaeger/rfc3339';
import { decodeSpm } from '../../../../src/core/metrics/decodeSpm';
import { mutatedJson } from '../decode/mutatedJson';
import { assertSoundMetrics } from './assertSoundMetrics';
import { spmAnswer } from './samples';

describe('decodeSpm', () => {
  it('reads a metric family, without the points that are NaN', () => {
    assert.deepEqual(decodeSpm(spmAnswer), {
      kind: 'series',
      series: [
        {
          labels: new Map([
            ['operation', 'ai_inference_pipeline'],
            ['service_name', 'ai'],
          ]),
          points: [{ timeUs: Date.parse('2026-11-25T10:39:53.834Z') * 1000, value: 780 }],
        },
        {
          labels: new Map([
            ['service_name', 'ai'],
            ['operation', 'measure'],
          ]),
          points: [],
        },
      ],
      problems: [],
      warnings: [],
    });
  });

  it('has no series when there are none', () => {
    for (const metrics of [[], null]) {
      const answer = decodeSpm({ ...spmAnswer, metrics });
      assert.ok(answer.kind === 'series' && answer.series.length === 0);
    }
  });

  it('says what has no value or no time, and keeps the rest', () => {
    const points = [
      { gaugeValue: { doubleValue: 'much' }, timestamp: '2026-11-25T10:39:53Z' },
      { gaugeValue: { doubleValue: 1 }, timestamp: 'now' },
      { gaugeValue: { doubleValue: 2 }, timestamp: '2026-11-25T10:39:53Z' },
    ];
    const answer = decodeSpm({ name: 'x', metrics: [{ labels: [], metricPoints: points }] });
    assert.ok(answer.kind === 'series');
    assert.deepEqual([answer.series[0]?.points.length, answer.problems.length], [1, 2]);
  });

  it('tells another answer', () => {
    for (const json of [null, 1, {}, { data: null, errors: [] }, { name: 'x', metrics: {} }])
      assert.deepEqual(decodeSpm(json), { kind: 'foreign' });
  });

  it('never throws, and keeps its promises, on answers that no one would send', () => {
    fc.assert(
      fc.property(mutatedJson(spmAnswer), (json) => assertSoundMetrics(decodeSpm(json))),
      { numRuns: 500 },
    );
  });
});

describe('parseRfc3339', () => {
  it('reads each time that rfc3339 writes', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), fc.nat(999_999), (seconds, us) => {
        assert.equal(parseRfc3339(rfc3339(seconds * 1e6 + us)), seconds * 1e6 + us);
      }),
    );
  });

  it('reads offsets as Date does, and refuses what is no time', () => {
    for (const text of ['2024-02-29T23:59:59+05:30', '1999-12-31T00:00:00.5-11:00', '2000-03-01T00:00:00Z'])
      assert.equal(parseRfc3339(text), Date.parse(text) * 1000);
    for (const text of ['', 'now', '2024-13-01T00:00:00Z', '2024-01-01', '2024-01-01T00:00:00'])
      assert.equal(parseRfc3339(text), undefined);
  });
});
