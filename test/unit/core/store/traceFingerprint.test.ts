import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { traceFingerprint } from '../../../../src/core/store/traceFingerprint';
import { type SpanDraft, traceOf } from '../spanOf';

const base: SpanDraft = { id: 1, startTimeUs: 1_795_374_137_991_889, durationUs: 10, attributes: { a: 1 } };
const printOf = (...drafts: SpanDraft[]) => traceFingerprint(traceOf(drafts));

describe('traceFingerprint', () => {
  it('is the same number for the same trace', () => {
    assert.equal(printOf(base), printOf({ ...base }));
    assert.ok(Number.isInteger(printOf(base)) && printOf(base) >= 0);
  });

  it('differs when a span comes, ends later, fails, or says more', () => {
    const event = { name: 'e', timeUs: 1, attributes: new Map() };
    const prints = [
      printOf(base),
      printOf(base, { id: 2 }),
      printOf({ ...base, id: 2 }),
      printOf({ ...base, startTimeUs: 1_795_374_137_991_890 }),
      printOf({ ...base, durationUs: 11 }),
      printOf({ ...base, status: 'ok' }),
      printOf({ ...base, status: 'error' }),
      printOf({ ...base, attributes: { a: 1, b: 2 } }),
      printOf({ ...base, events: [event] }),
    ];
    assert.equal(new Set(prints).size, prints.length);
  });
});
