import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CaptureMatch, collectCallSites } from '../../../../src/core/mapping/collectCallSites';
import { mapPath } from '../../../../src/core/mapping/pathMapping';
import { type SiteKnowledge, SiteLocator } from '../../../../src/core/mapping/siteLocator';
import { WorkspaceIndex } from '../../../../src/core/mapping/workspaceIndex';
import type { SpanSite } from '../../../../src/core/store/spanSite';
import { containerMatch, functionMatch, spanMatch } from './captures';

const nowhere = { filePath: undefined, line: undefined, functionName: undefined };
const siteOf = (draft: Partial<SpanSite>): SpanSite => ({
  ...{ key: JSON.stringify(draft), service: 's', spanName: 'any', spanCount: 1, ...nowhere, ...draft },
});

/** Two services of one workspace, a class, and a cell of a notebook. */
const files: Readonly<Record<string, readonly CaptureMatch[]>> = {
  '/w/a/main.py': [
    functionMatch('predict', 10, 20),
    spanMatch(12, { name: 'shared' }),
    spanMatch(13, { name: 'only_a' }),
  ],
  '/w/b/main.py': [functionMatch('predict', 30, 40), spanMatch(31, { name: 'shared' })],
  '/w/lib/Store.java': [
    containerMatch('Store', 1, 50),
    functionMatch('load', 5, 9),
    functionMatch('readRows', 15, 19),
  ],
};
const cell = 'vscode-notebook-cell:/w/try.ipynb#c1';

function locatorOf(knowledge: SiteKnowledge = {}, mappings = [{ from: '/srv/one', to: '/w/b' }]) {
  const index = new WorkspaceIndex();
  for (const [path, matches] of Object.entries(files))
    index.set({ key: path, path, ...collectCallSites(matches) });
  index.set({
    ...{ key: cell, path: '/w/try.ipynb' },
    ...collectCallSites([functionMatch('predict', 1, 5), spanMatch(2, { name: 'only_a' })]),
  });
  return {
    index,
    locator: new SiteLocator({ index, mapPath: (path) => mapPath(path, mappings) }, knowledge),
  };
}

/** Where a site lies in the workspace: `path:line (by)`, each place. */
function resolve(draft: Partial<SpanSite>, knowledge: SiteKnowledge = {}): readonly string[] {
  const found = locatorOf(knowledge).locator.resolve(siteOf(draft));
  return (found?.places ?? []).map(({ file, line }) => `${file.path}:${line} (${found?.by})`);
}

describe('SiteLocator over a workspace', () => {
  it('takes the file that shares most with the path', () => {
    const line = { functionName: 'predict', line: 33 };
    assert.deepEqual(resolve({ filePath: '/app/b/main.py', ...line }), ['/w/b/main.py:30 (code attributes)']);
    assert.deepEqual(resolve({ filePath: 'C:\\app\\B\\Main.py', ...line }), [
      '/w/b/main.py:30 (code attributes)',
    ]);
  });

  it('follows path mappings first', () => {
    assert.deepEqual(resolve({ filePath: '/srv/one/main.py', line: 35 }), [
      '/w/b/main.py:30 (code attributes)',
    ]);
    assert.deepEqual(resolve({ filePath: '/srv/one/main.py', line: 3 }), [
      '/w/b/main.py:3 (code attributes)',
    ]);
  });

  it('does not guess between files that fit as well', () => {
    assert.deepEqual(resolve({ filePath: '/app/main.py', functionName: 'predict' }), [
      '/w/a/main.py:10 (code attributes)',
      '/w/b/main.py:30 (code attributes)',
    ]);
    assert.deepEqual(resolve({ filePath: '/app/main.py', line: 7 }), []);
  });

  it('leaves out what was installed', () => {
    const filePath = '/usr/lib/python3/site-packages/a/main.py';
    assert.deepEqual(resolve({ filePath, functionName: 'predict', spanName: 'only_a' }), []);
  });

  it('says when the attributes have their old names', () => {
    assert.deepEqual(resolve({ filePath: '/x/a/main.py', functionName: 'predict', hasOldNames: true }), [
      '/w/a/main.py:10 (old code attributes)',
    ]);
  });

  it('finds a function by its class when there is no path', () => {
    assert.deepEqual(resolve({ functionName: 'com.example.Store.load' }), [
      '/w/lib/Store.java:5 (code attributes)',
    ]);
    assert.deepEqual(resolve({ functionName: 'com.example.Other.load' }), []);
  });

  it('finds what opens a span, in each file of the workspace', () => {
    assert.deepEqual(resolve({ spanName: 'shared' }), [
      '/w/a/main.py:12 (span name)',
      '/w/b/main.py:31 (span name)',
    ]);
  });

  it('leaves out what the spans cannot be of, unless the user chose it', () => {
    const [a, b] = ['/w/a/main.py', '/w/b/main.py'];
    const narrow: SiteKnowledge['narrow'] = (_, places) => places.filter(({ file }) => file.path === b);
    assert.deepEqual(resolve({ spanName: 'shared' }, { narrow }), [`${b}:31 (span name)`]);
    const choose: SiteKnowledge['choose'] = (_, places) => places.find(({ file }) => file.path === a);
    assert.deepEqual(resolve({ spanName: 'shared' }, { narrow, choose }), [`${a}:12 (span name)`]);
    // One that is the only one is not looked at: what is known of languages may be wrong.
    assert.equal(resolve({ spanName: 'readRows' }, { narrow: () => [] }).length, 1);
  });

  it('guesses by the name of a function only when there is one, and the name says something', () => {
    assert.deepEqual(resolve({ spanName: 'readRows' }), ['/w/lib/Store.java:15 (function name)']);
    assert.deepEqual(resolve({ functionName: 'readRows' }), ['/w/lib/Store.java:15 (function name)']);
    assert.deepEqual(resolve({ spanName: 'load' }), []);
    assert.deepEqual(resolve({ spanName: 'predict' }), []);
  });

  it('looks for cells of notebooks among those that are open', () => {
    for (const filePath of ['/tmp/ipykernel_12/345.py', '<ipython-input-3-abc>'])
      assert.deepEqual(resolve({ filePath, line: 2, spanName: 'only_a' }), ['/w/try.ipynb:2 (span name)']);
    assert.deepEqual(resolve({ filePath: '/tmp/ipykernel_12/345.py', spanName: 'shared' }), []);
  });

  it('gives spans of libraries no place of their own', () => {
    assert.deepEqual(
      resolve({ spanName: 'only_a', library: { operation: undefined, caller: undefined } }),
      [],
    );
  });
});

describe('SiteLocator in a file', () => {
  const sitesIn = (path: string, drafts: readonly Partial<SpanSite>[], knowledge: SiteKnowledge = {}) => {
    const { located, ambiguous } = locatorOf(knowledge).locator.sitesIn(path, drafts.map(siteOf));
    return {
      located: located.map(({ line, by, isChosen }) => `${line} ${by}${isChosen ? ', chosen' : ''}`),
      ambiguous: ambiguous.map(({ line, places }) => `${line} of ${places}`),
    };
  };

  it('draws on none of several places', () => {
    const drafts = [{ spanName: 'shared' }, { spanName: 'only_b' }];
    assert.deepEqual(sitesIn('/w/a/main.py', drafts), { located: [], ambiguous: ['10 of 2'] });
    assert.deepEqual(sitesIn('/w/lib/Store.java', drafts), { located: [], ambiguous: [] });
  });

  it('draws on the one that was chosen, and not on the others', () => {
    const choose: SiteKnowledge['choose'] = (_, places) =>
      places.find(({ file }) => file.key.includes('/b/'));
    const drafts = [{ spanName: 'shared' }];
    assert.deepEqual(sitesIn('/w/a/main.py', drafts, { choose }), { located: [], ambiguous: [] });
    assert.deepEqual(sitesIn('/w/b/main.py', drafts, { choose }).located, ['31 span name, chosen']);
  });

  it('draws on the one that the spans tell', () => {
    const tell: SiteKnowledge['tell'] = (_, places) => places[0];
    assert.deepEqual(sitesIn('/w/a/main.py', [{ spanName: 'shared' }], { tell }).located, ['12 stack frame']);
  });

  it('finds the line that called a library, in the function of the spans around', () => {
    const caller = siteOf({ spanName: 'only_a' });
    const spans = (operation: string) => siteOf({ spanName: operation, library: { operation, caller } });
    const calls = [
      { name: 'get_object', line: 15 },
      { name: 'get_object', line: 25 },
    ];
    const { locator, index } = locatorOf();
    index.delete(cell);
    const lines = (key: string, operation: string) =>
      locator.sitesIn(key, [spans(operation)], calls).located.map(({ line, by }) => `${line} ${by}`);
    assert.deepEqual(lines('/w/a/main.py', 'S3.GetObject'), ['15 library call']);
    assert.deepEqual(lines('/w/a/main.py', 'S3.PutObject'), []);
    assert.deepEqual(lines('/w/b/main.py', 'S3.GetObject'), []);
  });

  it('sees what changes in the code, and what it is told to forget', () => {
    let isChosen = true;
    const { locator, index } = locatorOf({ choose: (_, places) => (isChosen ? places[0] : undefined) });
    const lines = () => locator.sitesIn('/w/a/main.py', [siteOf({ spanName: 'shared' })]).located.length;
    assert.equal(lines(), 1);
    isChosen = false;
    locator.prepare(siteOf({ spanName: 'shared' }));
    assert.equal(lines(), 1);
    locator.forget();
    assert.equal(lines(), 0);
    index.delete('/w/b/main.py');
    assert.equal(lines(), 1);
  });
});
