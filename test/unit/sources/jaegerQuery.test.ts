import assert from 'node:assert/strict';
import { searchPath, searchPathV3 } from '../../../src/core/jaeger/jaegerQuery';
import { rfc3339 } from '../../../src/core/jaeger/rfc3339';

describe('Jaeger queries', () => {
  it('write times as Date does, with microseconds', () => {
    const days = Array.from({ length: 60_000 }, (_, i) => i * 86_400_000);
    for (const ms of [...days, 951_782_400_000, 4_107_542_399_999, 1_795_374_140_245]) {
      assert.equal(rfc3339(ms * 1000 + 7), new Date(ms).toISOString().replace('Z', '007Z'));
    }
  });

  it('leave out what is not asked for, and escape the rest', () => {
    const search = { service: 'a/b c&é\ud800', startUs: 1.4, endUs: 2, limit: 5 };
    assert.equal(searchPath(search), '/api/traces?service=a%2Fb%20c%26%C3%A9%EF%BF%BD&start=1&end=2&limit=5');
    const more = { ...search, operation: '', tags: { a: '1' }, minDurationUs: 1500, maxDurationUs: 0 };
    const query = new URLSearchParams(searchPath(more).split('?')[1]);
    assert.deepEqual(
      [query.get('tags'), query.get('minDuration'), query.has('maxDuration'), query.has('operation')],
      ['{"a":"1"}', '1500us', false, false],
    );
    assert.match(searchPathV3(more), /query\.start_time_min=1970-01-01T00%3A00%3A00\.000001Z/);
  });
});
