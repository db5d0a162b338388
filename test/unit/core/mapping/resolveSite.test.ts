import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collectCallSites } from '../../../../src/core/mapping/collectCallSites';
import type { SpanSite } from '../../../../src/core/store/spanSite';
import { decoratorMatch, functionMatch, spanMatch } from './captures';
import { locateAlone } from './locateAlone';

const file = {
  path: '/home/me/project/svc/main.py',
  callSites: collectCallSites([
    functionMatch('predict', 10, 20),
    functionMatch('helper', 30, 40),
    functionMatch('run', 50, 55),
    functionMatch('run', 60, 65),
    functionMatch('covered', 70, 72),
    decoratorMatch(69, 'covered', 70),
    spanMatch(12, { name: 'pipeline' }),
    spanMatch(31, { name: 'twice' }),
    spanMatch(51, { name: 'twice' }),
    spanMatch(61, { name: 'pair' }),
    spanMatch(63, { name: 'pair' }),
  ]),
};

/** Where a site lies in the file, as `line function (by)`. */
function locate(draft: Partial<SpanSite>): string | undefined {
  const nowhere = { filePath: undefined, line: undefined, functionName: undefined };
  const site: SpanSite = { key: 'k', service: 's', spanName: 'any', spanCount: 1, ...nowhere, ...draft };
  const [located] = locateAlone(file, [site]).located;
  return located && `${located.line} ${located.inFunction?.name} (${located.by})`;
}

describe('resolveSite by code attributes', () => {
  const filePath = '/app/svc/main.py';

  it('finds the function, also when its lines have moved', () => {
    assert.equal(locate({ filePath, functionName: 'predict', line: 15 }), '10 predict (code attributes)');
    assert.equal(locate({ filePath, functionName: 'predict', line: 900 }), '10 predict (code attributes)');
    assert.equal(locate({ filePath, functionName: 'pkg.Class.predict' }), '10 predict (code attributes)');
    assert.equal(locate({ filePath, functionName: 'ns::predict' }), '10 predict (code attributes)');
  });

  it('chooses by the line among functions of one name', () => {
    assert.equal(locate({ filePath, functionName: 'run', line: 62 }), '60 run (code attributes)');
    assert.equal(locate({ filePath, functionName: 'run', line: 52 }), '50 run (code attributes)');
  });

  it('does not choose among functions of one name without a line', () => {
    assert.equal(locate({ filePath, functionName: 'run' }), undefined);
    assert.equal(locate({ filePath, functionName: 'run', line: 57 }), '57 undefined (code attributes)');
  });

  it('takes the function around the line when none is named, else the line', () => {
    assert.equal(locate({ filePath, line: 33 }), '30 helper (code attributes)');
    assert.equal(locate({ filePath, line: 25 }), '25 undefined (code attributes)');
  });

  it('takes the named function around one without a name', () => {
    assert.equal(
      locate({ filePath, functionName: 'pkg.predict.func1', line: 15 }),
      '10 predict (code attributes)',
    );
    assert.equal(locate({ filePath, functionName: '<lambda>', line: 33 }), '30 helper (code attributes)');
  });

  it('takes the call that opens the span when the line is its, also above the function that it covers', () => {
    assert.equal(locate({ filePath, functionName: 'predict', line: 12 }), '12 predict (code attributes)');
    assert.equal(locate({ filePath, line: 69 }), '69 covered (code attributes)');
  });

  it('does not look at the span’s name in another file', () => {
    assert.equal(
      locate({ filePath: '/app/svc/other.py', spanName: 'pipeline', functionName: 'predict', line: 12 }),
      undefined,
    );
  });

  it('wants more than a common file name', () => {
    const elsewhere = '/lib/third/main.py';
    assert.equal(locate({ filePath: elsewhere, line: 25 }), undefined);
    assert.equal(locate({ filePath: elsewhere, functionName: 'unknown', line: 25 }), undefined);
    assert.equal(locate({ filePath: elsewhere, functionName: 'predict' }), '10 predict (code attributes)');
  });

  it('finds nothing when the file is all that is known', () => {
    assert.equal(locate({ filePath }), undefined);
  });
});

describe('resolveSite by the name of the span', () => {
  it('finds the one call that opens it', () => {
    assert.equal(locate({ spanName: 'pipeline' }), '12 predict (span name)');
  });

  it('finds nothing when several functions open it, the first call when one function does twice', () => {
    assert.equal(locate({ spanName: 'twice' }), undefined);
    assert.equal(locate({ spanName: 'pair' }), '61 run (span name)');
    assert.equal(locate({ spanName: 'nowhere' }), undefined);
  });
});

describe('the sites of a file', () => {
  it('gives only the sites that lie in the file', () => {
    const site = (spanName: string): SpanSite => ({
      key: spanName,
      service: 's',
      spanName,
      spanCount: 1,
      filePath: undefined,
      line: undefined,
      functionName: undefined,
    });
    const { located } = locateAlone(file, ['nowhere', 'pipeline', 'twice', 'pair'].map(site));
    assert.deepEqual(
      located.map(({ site: { key } }) => key),
      ['pipeline', 'pair'],
    );
  });
});
