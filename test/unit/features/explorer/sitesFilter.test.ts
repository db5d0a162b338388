import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { OpenedTraces } from '../../../../src/core/store/openedTraces';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { isFiltering, matchesFilter, noFilter } from '../../../../src/features/explorer/model';
import { SitesFilter } from '../../../../src/features/explorer/sitesFilter';
import { traceId, traceOf } from '../../core/spanOf';
import { importedFile } from '../../core/store/importedFile';
import { storeOf } from '../../core/store/storeOf';
import { inferenceOf } from './inferenceOf';

const trace = (id: number, name: string) => traceOf([{ name }], id);

function filterOf(name: string) {
  const { store } = storeOf();
  store.add([trace(1, 'load'), trace(2, 'other')], 0);
  const opened = new OpenedTraces({ definition: defaultInferenceDefinition, maxBytes: 1e9 });
  const siteKeys = store
    .sites()
    .filter(({ spanName }) => spanName === name)
    .map(({ key }) => key);
  let nowMs = 0;
  const filter = new SitesFilter({ label: 'a.py:3', siteKeys }, { store, opened, nowMs: () => nowMs });
  const wait = () => {
    nowMs += 1000;
  };
  const passing = () => [1, 2, 3, 4].filter((id) => filter.has(traceId(id)));
  return { filter, store, opened, wait, passing };
}

describe('a filter by a line', () => {
  it('shows the traces that went through it, as they come and go', () => {
    const { store, wait, passing } = filterOf('load');
    assert.deepEqual(passing(), [1]);
    store.add([trace(3, 'load')], 0);
    wait();
    assert.deepEqual(passing(), [1, 3]);
    store.clear();
    wait();
    assert.deepEqual(passing(), []);
  });

  it('shows those of imported files as well', () => {
    const { opened, wait, passing } = filterOf('load');
    opened.addFile(importedFile(opened, 'a', [trace(4, 'load')]));
    wait();
    assert.deepEqual(passing(), [1, 4]);
  });

  it('is a filter, and hides what does not pass', () => {
    const { filter } = filterOf('load');
    assert.deepEqual([noFilter, { ...noFilter, line: filter }].map(isFiltering), [false, true]);
    const shown = [1, 2].map((inTrace) =>
      matchesFilter(inferenceOf({ inTrace }), { ...noFilter, line: filter }, undefined),
    );
    assert.deepEqual(shown, [true, false]);
  });
});
