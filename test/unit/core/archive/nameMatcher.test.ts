import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nameMatcher } from '../../../../src/core/archive/nameMatcher';

describe('patterns of names', () => {
  it('fit as a user expects of *', () => {
    const fitting: [string, string][] = [
      ['user.email', 'user.email'],
      ['user.*', 'user.'],
      ['*.email', 'USER.Email'],
      ['*secret*', 'my_secret_key'],
      ['http.*.header.*', 'http.request.header.cookie'],
      ['*', ''],
      ['a*a', 'aa'],
    ];
    for (const [pattern, name] of fitting) assert.ok(nameMatcher([pattern])(name), `${pattern} ${name}`);
    const others: [string, string][] = [
      ['user.email', 'user.emails'],
      ['user', 'user.email'],
      ['a*a', 'a'],
      ['a*b*ab', 'acab'],
      ['http.*.header.*', 'http.header.cookie'],
      ['a.c', 'abc'],
    ];
    for (const [pattern, name] of others) assert.ok(!nameMatcher([pattern])(name), `${pattern} ${name}`);
    assert.equal(nameMatcher([])('anything'), false);
  });

  it('fit exactly what the same regular expression fits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (written, name) => {
        const expression = new RegExp(`^${written.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
        assert.equal(nameMatcher([written])(name), expression.test(name));
      }),
      { numRuns: 2000 },
    );
  });
});
