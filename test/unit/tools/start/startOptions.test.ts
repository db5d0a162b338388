import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseStartOptions } from '../../../../tools/start/startOptions.mjs';

describe('npm start', () => {
  it('needs no Jaeger, and is slow after a minute and fast again after five, when nothing is said', () => {
    assert.deepEqual(parseStartOptions([], {}), {
      isJaegerWanted: false,
      timetable: { slowAfterMs: 60_000, fastAfterMs: 300_000 },
    });
  });

  it('takes a Jaeger when told so, or when told where one runs', () => {
    assert.equal(parseStartOptions(['--jaeger'], {}).isJaegerWanted, true);
    assert.equal(parseStartOptions([], { WHYSPAN_JAEGER_URL: 'http://localhost:1' }).isJaegerWanted, true);
  });

  it('takes another timetable, or none', () => {
    assert.deepEqual(parseStartOptions([], { WHYSPAN_STORY: '5 20' }).timetable, {
      slowAfterMs: 5000,
      fastAfterMs: 20_000,
    });
    assert.equal(parseStartOptions([], { WHYSPAN_STORY: 'off' }).timetable, undefined);
  });

  it('says what it does not understand', () => {
    assert.throws(() => parseStartOptions(['--jeager'], {}), /unknown: --jeager\. There is --jaeger/);
    for (const text of ['on', '20 5', '5', '-1 5', '5 5', '1 99999999'])
      assert.throws(() => parseStartOptions([], { WHYSPAN_STORY: text }), /WHYSPAN_STORY is/, text);
  });
});
