import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toServiceSeries } from '../../../../src/core/metrics/serviceSeries';

const series = (labels: Record<string, string>, value = 2) => ({
  labels: new Map(Object.entries(labels)),
  points: [{ timeUs: 1, value }],
});

describe('toServiceSeries', () => {
  it('calls a series by its service, whichever label names it', () => {
    const given = [series({ service_name: 'a', job: 'x' }), series({ service: 'b' }), series({ job: 'c' })];
    assert.deepEqual(
      toServiceSeries(given, 'ms').map(({ service }) => service),
      ['a', 'b', 'c'],
    );
  });

  it('calls it by its labels when the service does not tell it from another, or is not named', () => {
    const given = [series({ service: 'a', zone: '1' }), series({ service: 'a', zone: '2' }), series({})];
    assert.deepEqual(
      toServiceSeries(given, 'ms').map(({ service }) => service),
      ['{service="a", zone="1"}', '{service="a", zone="2"}', '{}'],
    );
  });

  it('gives times in milliseconds and leaves what is no time as it is', () => {
    const valueIn = (unit: 'ms' | 's' | 'us' | 'none') =>
      toServiceSeries([series({})], unit)[0]?.points[0]?.value;
    assert.deepEqual([valueIn('ms'), valueIn('s'), valueIn('us'), valueIn('none')], [2, 2000, 0.002, 2]);
  });
});
