import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SitePlace } from '../../../../src/core/mapping/resolveSite';
import { placesOfSdk } from '../../../../src/core/mapping/sdkLanguage';

const placeIn = (path: string): SitePlace => ({
  file: { key: path, path, functions: [], spanOpenings: [] },
  line: 1,
  inFunction: undefined,
});
const paths = ['/w/a.py', '/w/b.ts', '/w/c.go', '/w/d.js'];
const kept = (language: string | number | undefined) =>
  placesOfSdk(language, paths.map(placeIn)).map(({ file }) => file.path);

describe('places by the language of an SDK', () => {
  it('are those whose files it can have run', () => {
    assert.deepEqual(kept('python'), ['/w/a.py']);
    assert.deepEqual(kept('nodejs'), ['/w/b.ts', '/w/d.js']);
    assert.deepEqual(kept('go'), ['/w/c.go']);
  });

  it('are all of them when the language is not known, has no file here, or is a hostile name', () => {
    for (const language of [undefined, 'erlang', 'java', '__proto__', 'constructor', 3])
      assert.deepEqual(kept(language), paths, String(language));
  });

  it('may be in files of which the language is not known, as cells of notebooks', () => {
    const cell = placeIn('/w/try.ipynb');
    assert.deepEqual(placesOfSdk('go', [cell, placeIn('/w/a.py')]), [cell]);
  });
});
