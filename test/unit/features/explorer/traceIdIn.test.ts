import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { traceIdIn } from '../../../../src/features/explorer/traceIdIn';

const id = '5b8aa5a2d2c872e8321cf37308d69df2';

describe('traceIdIn', () => {
  it('reads an id, in any case, with space around it', () => {
    assert.equal(traceIdIn(id), id);
    assert.equal(traceIdIn(`  ${id.toUpperCase()}\n`), id);
  });

  it('fills up what Jaeger writes without leading zeros', () => {
    assert.equal(traceIdIn('abc'), '0000000000000abc');
    assert.equal(traceIdIn('1'.repeat(17)), '1'.repeat(17).padStart(32, '0'));
  });

  it('reads the address of a trace', () => {
    for (const rest of ['', '?uiFind=1234', '#top', '?a=b#c']) {
      assert.equal(traceIdIn(`https://tools.example.com/jaeger/ui/trace/${id}${rest}`), id);
    }
  });

  it('reads nothing else', () => {
    for (const text of [
      '',
      ' ',
      'xyz',
      '1'.repeat(33),
      `${id}g`,
      'http://h/search?traceID=abc',
      `http://h/trace/${id}/x`,
      '../abc',
    ]) {
      assert.equal(traceIdIn(text), undefined, text);
    }
  });

  it('gives 16 or 32 hex digits or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-fA-F]{0,40}$/)), (text) => {
        assert.match(traceIdIn(text) ?? '0'.repeat(16), /^([0-9a-f]{16}|[0-9a-f]{32})$/);
      }),
    );
  });
});
