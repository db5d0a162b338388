import assert from 'node:assert/strict';
import { decodeChartRequest } from '../../../../src/features/latencyChart/decodeChartRequest';

describe('requests of the chart’s page', () => {
  it('are read with what they ask', () => {
    const params = { range: '15m', frozenAtMs: 5, isTableShown: true, columns: 640 };
    assert.deepEqual(decodeChartRequest('ready', params), { method: 'ready', view: params });
    assert.deepEqual(decodeChartRequest('run', { action: 'connect' }), { method: 'run', action: 'connect' });
    const ids = { traceId: 'ab12', spanId: '0f' };
    assert.deepEqual(decodeChartRequest('reveal', ids), { method: 'reveal', ...ids });
    assert.deepEqual(decodeChartRequest('line', ids), { method: 'line', ...ids });
  });

  it('have a sensible width, whatever the page says', () => {
    const columns = (value: unknown) => {
      const request = decodeChartRequest('view', { range: '1h', columns: value });
      return request?.method === 'view' ? request.view.columns : undefined;
    };
    assert.deepEqual([-5, 1e9, 'wide', 700.4].map(columns), [50, 8000, 1000, 700]);
  });

  it('are refused when they are unknown or wrong', () => {
    assert.equal(decodeChartRequest('eval', {}), undefined);
    assert.equal(decodeChartRequest('view', { range: '1y' }), undefined);
    assert.equal(decodeChartRequest('ready', null), undefined);
    assert.equal(decodeChartRequest('run', { action: 'workbench.action.quit' }), undefined);
    assert.equal(decodeChartRequest('run', { action: 'constructor' }), undefined);
    assert.equal(decodeChartRequest('reveal', { traceId: '../x', spanId: '0f' }), undefined);
    assert.equal(decodeChartRequest('reveal', { traceId: 'ab' }), undefined);
  });
});
