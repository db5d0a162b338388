import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { estimateTraceBytes } from '../../../../src/core/store/traceSize';
import { type SpanDraft, traceOf } from '../spanOf';

const long = 'x'.repeat(10_000);
const bytesOf = (...drafts: SpanDraft[]) => estimateTraceBytes(traceOf(drafts));

describe('estimateTraceBytes', () => {
  it('grows by two bytes a character, wherever a long text hides', () => {
    const hidden: readonly SpanDraft[] = [
      { name: long },
      { statusMessage: long },
      { attributes: { a: long } },
      { attributes: { [long]: 1 } },
      { warnings: [long] },
      { resource: new Map([['a', long]]) },
      { events: [{ name: long, timeUs: 0, attributes: new Map() }] },
      { events: [{ name: '', timeUs: 0, attributes: new Map([['a', long]]) }] },
    ];
    for (const draft of hidden) {
      assert.ok(bytesOf(draft) >= 2 * long.length, Object.keys(draft).join());
      assert.ok(bytesOf(draft) < 2 * long.length + 2000, Object.keys(draft).join());
    }
  });

  it('counts a resource once that spans share', () => {
    const resource = new Map([['a', long]]);
    assert.ok(bytesOf({ id: 1, resource }, { id: 2, resource }) < 3 * long.length);
    assert.ok(bytesOf({ id: 1, resource }, { id: 2, resource: new Map(resource) }) > 4 * long.length);
  });

  it('grows with spans and links that have no text', () => {
    const link = { traceId: 'a', spanId: 'b' };
    assert.ok(bytesOf({ id: 1 }, { id: 2 }) > bytesOf({ id: 1 }));
    assert.ok(bytesOf({ links: [link, link] }) > bytesOf({ links: [link] }));
  });
});
