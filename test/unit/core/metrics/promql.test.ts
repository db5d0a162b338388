import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { coversWindow, defaultPromql, fillPromql } from '../../../../src/core/metrics/promql';

const values = { windowUs: 300e6, services: [], operation: 'ai_inference_pipeline' };

describe('PromQL', () => {
  it('asks by default for the mean, or the median, of the duration of the inference span by service', () => {
    assert.equal(
      fillPromql(defaultPromql('avg') ?? '', values),
      'sum by (service_name) (rate({__name__=~"(traces_span_metrics_)?duration_milliseconds_sum",service_name=~".+",span_name="ai_inference_pipeline"}[300s])) / ' +
        'sum by (service_name) (rate({__name__=~"(traces_span_metrics_)?duration_milliseconds_count",service_name=~".+",span_name="ai_inference_pipeline"}[300s]))',
    );
    assert.match(defaultPromql('median') ?? '', /^histogram_quantile\(0\.5, .*\)$/);
  });

  it('has no query for what a histogram does not know', () => {
    for (const reducer of ['min', 'max', 'sum', 'count', 'last'] as const)
      assert.equal(defaultPromql(reducer), undefined);
  });

  it('fills in placeholders wherever they stand, and nothing else', () => {
    const filled = fillPromql('$window $windows $service $operation $other', {
      ...values,
      services: ['a', 'b.c'],
      windowUs: 1500,
    });
    assert.equal(filled, '2ms $windows a|b\\\\.c ai_inference_pipeline $other');
    assert.equal(fillPromql('$operation', { ...values, operation: '$window' }), '$window');
  });

  it('knows whether a query looks back over the window itself', () => {
    assert.deepEqual(['x[$window]', 'x', '$windows'].map(coversWindow), [true, false, false]);
  });

  it('lets no name break out of its string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const filled = fillPromql('{a=~"$service",b="$operation"}', {
          ...values,
          services: [name],
          operation: name,
        });
        const [, service, operation] =
          /^\{a=~("(?:[^"\\]|\\.)*"),b=("(?:[^"\\]|\\.)*")\}$/su.exec(filled) ?? [];
        const wellFormed = name.replace(/\p{Surrogate}/gu, '\ufffd');
        assert.equal(JSON.parse(operation ?? ''), wellFormed);
        assert.match(wellFormed, new RegExp(`^${JSON.parse(service ?? '')}$`));
      }),
    );
  });
});
