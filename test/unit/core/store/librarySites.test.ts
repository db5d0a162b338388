import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type SpanDraft, traceOf } from '../spanOf';
import { storeOf } from './storeOf';

const scope = 'opentelemetry.instrumentation.botocore';
const library = (id: number, parent: number, draft: SpanDraft = {}): SpanDraft => ({
  ...{ id, parent, name: 'GET', kind: 'client' },
  ...draft,
  attributes: { 'otel.scope.name': scope, 'http.request.method': 'GET', ...draft.attributes },
});

/** The sites of traces: `name [operation < caller] × count`. */
function sitesOf(...traces: readonly (readonly SpanDraft[])[]): readonly string[] {
  const { store } = storeOf();
  store.add(
    traces.map((drafts, i) => traceOf(drafts, i + 1)),
    0,
  );
  const sites = store.sites().map(({ spanName, spanCount, library: work }) => {
    const by = work ? ` [${work.operation ?? '?'} < ${work.caller?.spanName ?? 'nobody'}]` : '';
    return `${spanName}${by} × ${spanCount}`;
  });
  return sites.sort();
}

describe('spans of libraries', () => {
  it('are told apart by what called the library, in whichever order they come', () => {
    const load = { id: 1, name: 'load' };
    const save = { id: 2, parent: 1, name: 'save' };
    assert.deepEqual(
      sitesOf([library(3, 1), load, library(4, 2), save, library(5, 2)], [load, library(3, 1)]),
      ['GET [GET < load] × 2', 'GET [GET < save] × 2', 'load × 2', 'save × 1'],
    );
  });

  it('have no caller when it is unknown, another library or another service', () => {
    const root = { id: 1, name: 'load' };
    const outer = library(2, 1, { name: 'S3.GetObject', attributes: { 'rpc.method': 'GetObject' } });
    assert.deepEqual(sitesOf([root, outer, library(3, 2), library(4, 9)]), [
      'GET [GET < nobody] × 2',
      'S3.GetObject [GetObject < load] × 1',
      'load × 1',
    ]);
    assert.deepEqual(sitesOf([{ ...root, service: 'other' }, library(2, 1)]), [
      'GET [GET < nobody] × 1',
      'load × 1',
    ]);
  });

  it('are those of clients and producers, of scopes of instrumentation', () => {
    const root = { id: 1, name: 'load' };
    const sites = (draft: SpanDraft) =>
      sitesOf([root, library(2, 1, draft)]).filter((each) => each.startsWith('GET'));
    const named = (name: string) => sites({ attributes: { 'otel.scope.name': name } });
    assert.deepEqual(sites({ kind: 'server' }), ['GET × 1']);
    assert.deepEqual(sites({ kind: 'producer' }), ['GET [GET < load] × 1']);
    for (const name of ['my.service', 'io.opentelemetry.opentelemetry-instrumentation-annotations-1.16', ''])
      assert.deepEqual(named(name), ['GET × 1'], name);
    for (const name of [
      '@opentelemetry/instrumentation-http',
      'io.opentelemetry.okhttp-3.0',
      'go.opentelemetry.io/contrib/x',
    ])
      assert.deepEqual(named(name), ['GET [GET < load] × 1'], name);
  });

  it('are summed up by their callers', () => {
    const { store } = storeOf();
    const call = (id: number, parent: number, durationUs: number) => library(id, parent, { durationUs });
    store.add(
      [traceOf([{ id: 1, name: 'load' }, { id: 2, name: 'save' }, call(3, 1, 10), call(4, 2, 30)])],
      0,
    );
    const durations = store
      .sites()
      .filter((site) => site.library)
      .map(({ key, library: work }) => `${work?.caller?.spanName} ${store.summary([key]).durationUs.avg}`);
    assert.deepEqual(durations.sort(), ['load 10', 'save 30']);
  });
});
