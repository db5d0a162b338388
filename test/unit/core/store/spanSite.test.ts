import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { codeAttributes, siteKey } from '../../../../src/core/store/spanSite';
import type { AttributeValue } from '../../../../src/core/trace/span';
import { type SpanDraft, spanOf } from '../spanOf';

const codeOf = (attributes: Readonly<Record<string, AttributeValue>>) =>
  codeAttributes(spanOf({ attributes }));

describe('codeAttributes', () => {
  it('reads today’s names', () => {
    const attributes = {
      'code.file.path': '/app/a.py',
      'code.line.number': 34,
      'code.function.name': 'pkg.run',
    };
    assert.deepEqual(codeOf(attributes), { filePath: '/app/a.py', line: 34, functionName: 'pkg.run' });
  });

  it('reads the old names, the function with its namespace', () => {
    const old = { 'code.filepath': '/app/a.py', 'code.lineno': '7', 'code.function': 'run' };
    assert.deepEqual(codeOf(old), {
      ...{ filePath: '/app/a.py', line: 7, functionName: 'run' },
      hasOldNames: true,
    });
    assert.equal(codeOf({ ...old, 'code.namespace': 'pkg.mod' }).functionName, 'pkg.mod.run');
  });

  it('prefers today’s names when both are there', () => {
    const both = { 'code.file.path': 'new', 'code.filepath': 'old', 'code.line.number': 1, 'code.lineno': 2 };
    assert.deepEqual([codeOf(both).filePath, codeOf(both).line], ['new', 1]);
  });

  it('takes no line that is none, and no empty text', () => {
    for (const line of [0, -1, 1.5, 'x', Number.NaN, ''])
      assert.equal(codeOf({ 'code.line.number': line }).line, undefined);
    const empty = codeOf({ 'code.file.path': '', 'code.function.name': 5 });
    assert.deepEqual(empty, { filePath: undefined, line: undefined, functionName: undefined });
  });
});

describe('siteKey', () => {
  const keyOf = (draft: SpanDraft) => {
    const span = spanOf(draft);
    return siteKey(span, codeAttributes(span));
  };

  it('is the same for spans of one place and differs by service, name and place', () => {
    assert.equal(keyOf({ id: 1 }), keyOf({ id: 2, durationUs: 9, attributes: { other: 1 } }));
    const keys = [
      keyOf({}),
      keyOf({ name: 'other' }),
      keyOf({ service: 'other' }),
      keyOf({ attributes: { 'code.file.path': 'a.py' } }),
      keyOf({ attributes: { 'code.line.number': 3 } }),
      keyOf({ attributes: { 'code.function.name': 'f' } }),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });

  it('cannot be imitated by punctuation in names', () => {
    assert.notEqual(keyOf({ service: 'a","b', name: 'c' }), keyOf({ service: 'a', name: 'b","c' }));
  });
});
