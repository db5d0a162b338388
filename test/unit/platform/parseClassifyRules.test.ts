import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SpanClassifier } from '../../../src/core/classify/spanClassifier';
import { parseClassifyRules } from '../../../src/platform/parseClassifyRules';
import type { SettingProblem } from '../../../src/platform/settings';

function parsed(value: unknown) {
  const problems: SettingProblem[] = [];
  const rules = parseClassifyRules(value, problems);
  return { rules, messages: problems.map(({ message }) => message) };
}

describe('whyspan.classify', () => {
  it('takes rules as they are written', () => {
    const rules = [
      { match: { name: 'run_*', service: 'gpu', kind: 'internal' }, as: 'model' },
      { match: { attribute: 'db.system', value: 'duckdb' }, as: 'application' },
    ];
    assert.deepEqual(parsed(rules), { rules, messages: [] });
    assert.deepEqual(parsed(undefined), { rules: [], messages: [] });
  });

  it('leaves out and names what cannot be used, and takes the rest', () => {
    const good = { match: { name: 'a' }, as: 'queue' };
    const bad: readonly (readonly [rule: unknown, why: RegExp])[] = [
      ['model', /rule 2: “match” needs texts by name/],
      [{ match: {}, as: 'model' }, /rule 2: “match” needs texts/],
      [{ match: { name: 'a' }, as: 'gpu' }, /rule 2: “as” is not one of storage/],
      [{ match: { name: 5 }, as: 'model' }, /not “name”/],
      [{ match: { name: '' }, as: 'model' }, /not “name”/],
      [{ match: { nmae: 'a' }, as: 'model' }, /not “nmae”/],
      [{ match: { kind: 'gpu' }, as: 'model' }, /“kind” is not one of/],
      [{ match: { value: 'a' }, as: 'model' }, /“value” is that of an “attribute”/],
    ];
    for (const [rule, why] of bad) {
      const { rules, messages } = parsed([good, rule, good]);
      assert.deepEqual(rules, [good, good]);
      assert.match(messages.join('\n'), why);
    }
    assert.deepEqual(parsed({}), { rules: [], messages: ['is not a list'] });
  });

  it('takes no more than a hundred', () => {
    const { rules, messages } = parsed(
      Array.from({ length: 101 }, () => ({ match: { name: 'a' }, as: 'queue' })),
    );
    assert.equal(rules.length, 100);
    assert.match(messages.join(), /more than 100 rules/);
  });

  it('can be read whatever is written, and asked', () => {
    const match = fc.dictionary(
      fc.constantFrom('name', 'kind', 'attribute', 'value', '__proto__'),
      fc.anything(),
    );
    const rule = fc.oneof(fc.anything(), fc.record({ match, as: fc.constantFrom('model', 'storage') }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(rule)), (value) => {
        const { rules } = parsed(value);
        const facts = { name: 'a', service: 'b', kind: 'internal' as const, attributesIn: () => [] };
        new SpanClassifier(rules).ownClass(facts);
      }),
    );
  });
});
