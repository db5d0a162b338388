import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodePrometheus } from '../../../../src/core/metrics/decodePrometheus';
import { mutatedJson } from '../decode/mutatedJson';
import { assertSoundMetrics } from './assertSoundMetrics';
import { matrixAnswer } from './samples';

const success = (resultType: string, result: unknown, more = {}) => ({
  status: 'success',
  data: { resultType, result },
  ...more,
});

function seriesOf(json: unknown) {
  const answer = decodePrometheus(json);
  assert.ok(answer.kind === 'series', JSON.stringify(answer));
  return answer;
}

describe('decodePrometheus', () => {
  it('reads a matrix: times to the microsecond, infinities, and no NaN', () => {
    const { series, problems } = seriesOf(matrixAnswer);
    assert.deepEqual(series, [
      {
        labels: new Map([['service_name', 'ai']]),
        points: [
          { timeUs: 1795603193834000, value: 500.00000000000006 },
          { timeUs: 1795603198834000, value: 500 },
        ],
      },
      {
        labels: new Map([['service_name', 'fast "x"']]),
        points: [{ timeUs: 1795603198834000, value: Number.POSITIVE_INFINITY }],
      },
    ]);
    assert.deepEqual(problems, []);
  });

  it('reads a vector as series of one point, and a scalar as one series without labels', () => {
    const vector = seriesOf(success('vector', [{ metric: { a: 'b' }, value: [1.5, '-Inf'] }])).series;
    assert.deepEqual(vector, [
      { labels: new Map([['a', 'b']]), points: [{ timeUs: 1_500_000, value: Number.NEGATIVE_INFINITY }] },
    ]);
    const scalar = seriesOf(success('scalar', [2, '3e2'])).series;
    assert.deepEqual(scalar, [{ labels: new Map(), points: [{ timeUs: 2_000_000, value: 300 }] }]);
  });

  it('has no series, and says why, for what is no number', () => {
    const text = seriesOf(success('string', [1, 'x']));
    assert.deepEqual([text.series, text.problems.length], [[], 1]);
    const native = seriesOf(success('vector', [{ metric: {}, histogram: [1, {}] }]));
    assert.match(native.problems[0]?.what ?? '', /native histograms/);
  });

  it('puts points in order', () => {
    const { series } = seriesOf(
      success('matrix', [
        {
          metric: {},
          values: [
            [2, '2'],
            [1, '1'],
          ],
        },
      ]),
    );
    assert.deepEqual(
      series[0]?.points.map(({ value }) => value),
      [1, 2],
    );
  });

  it('passes warnings on, cleaned', () => {
    assert.deepEqual(seriesOf(success('vector', [], { warnings: ['some\nblock is missing', 7] })).warnings, [
      'some block is missing',
    ]);
  });

  it('tells a refusal in the server’s words, and another server’s answer from both', () => {
    const error = 'invalid parameter "query": 1:6: parse error: unclosed left parenthesis';
    assert.deepEqual(decodePrometheus({ status: 'error', errorType: 'bad_data', error }), {
      kind: 'refused',
      reason: error,
    });
    for (const json of [
      null,
      [],
      'x',
      {},
      { data: [], total: 0 },
      { status: 'success' },
      success('', [], { data: {} }),
    ])
      assert.deepEqual(decodePrometheus(json), { kind: 'foreign' });
  });

  it('never throws, and keeps its promises, on answers that no one would send', () => {
    fc.assert(
      fc.property(mutatedJson(matrixAnswer), (json) => assertSoundMetrics(decodePrometheus(json))),
      { numRuns: 500 },
    );
  });

  it('gives back each finite value and time that was written', () => {
    const sample = fc.record({ ms: fc.nat(2 ** 31 - 1), value: fc.double({ noNaN: true }) });
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const sorted = samples.sort((a, b) => a.ms - b.ms);
        const values = sorted.map(({ ms, value }) => [1.7e9 + ms / 1000, goText(value)]);
        const { series, problems } = seriesOf(success('matrix', [{ metric: {}, values }]));
        assert.deepEqual(
          series[0]?.points,
          sorted.map(({ ms, value }) => ({
            timeUs: 1.7e15 + ms * 1000,
            value: value === 0 ? Number(goText(value)) : value,
          })),
        );
        assert.deepEqual(problems, []);
      }),
    );
  });
});

function goText(value: number): string {
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
