import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import type { TraceStore } from '../../../../src/core/store/traceStore';
import type { Trace } from '../../../../src/core/trace/trace';
import { Archive, type ArchiveWish } from '../../../../src/sources/archive/archive';
import { systemClock } from '../../../../src/sources/clock';
import { traceOf } from '../../core/spanOf';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';
import { everything } from './logFolder';

const wish: ArchiveWish = {
  ...everything,
  keepsTraces: true,
  keepsSummaries: true,
  attributes: ['storage_latency_ms'],
  predictionAttribute: 'model_prediction',
};

describe('an archive', () => {
  let folder: string;
  let problems: string[];
  let source: string;
  let sessions: Archive[];
  const nowUs = () => Date.now() * 1000;

  /** A window: a store of its own, and an archive in the folder of all. */
  function open(changed: Partial<ArchiveWish> = {}, limits = {}): { store: TraceStore; archive: Archive } {
    const { store } = storeOf(limits);
    const archive = new Archive({
      ...{ folder, store, clock: systemClock },
      session: `s${sessions.length}`,
      wish: { ...wish, ...changed },
      sourceName: () => source,
      onProblem: (message) => problems.push(message),
    });
    sessions.push(archive);
    return { store, archive };
  }
  function receive({ store, archive }: ReturnType<typeof open>, traces: readonly Trace[]): void {
    archive.append([blockOf(traces)]);
    store.mergeBlocks([blockOf(traces)], nowUs());
  }
  const inference = (id: number, draft = {}) =>
    inferenceTrace(id, nowUs() - 120_000_000, 10 * id, { attributes: { model_prediction: 'cat' }, ...draft });
  const recent = (archive: Archive) => archive.summaries('svc', nowUs() - 600_000_000, nowUs());
  const inferencesIn = async (archive: Archive) =>
    (await recent(archive)).reduce((sum, { inferences }) => sum + inferences, 0);

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'whyspan-')), 'kept');
    problems = [];
    sessions = [];
    source = 'received';
  });
  afterEach(() => {
    for (const archive of sessions) archive.dispose();
    assert.deepEqual(problems, []);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('brings back what was received, and joins what comes meanwhile', async () => {
    const before = open();
    receive(before, [traceOf([{ id: 1, startTimeUs: 5 }], 1), inference(2)]);
    receive(before, [traceOf([{ id: 2, startTimeUs: 6 }], 1)]);
    before.archive.dispose();
    const after = open();
    receive(after, [traceOf([{ id: 3, startTimeUs: 7 }], 1)]);
    await after.archive.restore(0);
    const spans = ({ store }: typeof after, id: string) =>
      store.trace(id)?.spans.map(({ spanId }) => Number(spanId));
    const [one = '', two = ''] = [1, 2].map((id) => id.toString(16).padStart(32, '0'));
    assert.deepEqual([spans(after, one), spans(after, two)], [[1, 2, 3], [2]]);
    assert.equal(after.store.stats().traces, 2);
  });

  it('brings back no more than there is room for, the newest first', async () => {
    const before = open();
    for (let id = 1; id <= 40; id++) {
      receive(
        before,
        Array.from({ length: 100 }, (_, i) => inference(id * 1000 + i)),
      );
      await before.archive.restore(Number.POSITIVE_INFINITY);
    }
    before.archive.dispose();
    const after = open({}, { maxBytes: 100_000 });
    let changes = 0;
    after.store.onDidChange(() => changes++);
    await after.archive.restore(0);
    assert.ok(after.store.stats().bytes > 50_000);
    assert.ok(changes < 30, String(changes));
  });

  it('ends to bring back when everything is cleared', async () => {
    const before = open();
    for (let id = 1; id <= 5; id++) {
      receive(before, [inference(id)]);
      await before.archive.restore(Number.POSITIVE_INFINITY);
    }
    before.archive.dispose();
    const after = open();
    const restored = after.archive.restore(0);
    after.store.onDidChange(({ added }) => {
      if (added.length > 0) after.store.clear();
    });
    await restored;
    assert.equal(after.store.stats().traces, 0);
  });

  it('counts in summaries what was received once, though it comes back after a restart', async () => {
    const before = open();
    receive(before, [inference(1), inference(2), inference(3)]);
    before.archive.dispose();
    const after = open();
    await after.archive.restore(0);
    await after.archive.tellSummaries();
    assert.equal(await inferencesIn(after.archive), 3);
    receive(after, [inference(4)]);
    await after.archive.tellSummaries();
    assert.equal(await inferencesIn(after.archive), 4);
  });

  it('has summaries of a Jaeger’s traces, which are not kept themselves, and only of the one that is watched', async () => {
    source = 'http://one:16686';
    const { store, archive } = open();
    store.add([inference(1), inference(2)], nowUs());
    await archive.tellSummaries();
    store.clear();
    source = 'http://other:16686';
    store.add([inference(3)], nowUs());
    await archive.tellSummaries();
    assert.equal(await inferencesIn(archive), 1);
    source = 'http://one:16686';
    assert.equal(await inferencesIn(archive), 2);
    assert.equal(existsSync(join(folder, 'traces')), false);
  });

  it('has summaries of what was in the store before it was opened', async () => {
    const { store } = storeOf();
    store.add([inference(1)], nowUs());
    const archive = new Archive({
      ...{ folder, store, clock: systemClock, session: 'late', wish },
      sourceName: () => source,
      onProblem: (message) => problems.push(message),
    });
    sessions.push(archive);
    await archive.tellSummaries();
    assert.equal(await inferencesIn(archive), 1);
  });

  it('is empty when it was cleared, of traces and of summaries', async () => {
    const { store, archive } = open();
    receive({ store, archive }, [inference(1)]);
    await archive.tellSummaries();
    store.clear();
    await archive.clear();
    assert.equal(await inferencesIn(archive), 0);
    const after = open();
    await after.archive.restore(0);
    await after.archive.tellSummaries();
    assert.deepEqual([after.store.stats().traces, await inferencesIn(after.archive)], [0, 0]);
    const left = ['traces', 'summaries'].flatMap((name) => readdirSync(join(folder, name)));
    assert.deepEqual(left, ['cleared', 'cleared']);
  });

  it('keeps nothing when it is told not to, and deletes what it had', async () => {
    const { store, archive } = open();
    receive({ store, archive }, [inference(1)]);
    await archive.tellSummaries();
    archive.configure({ ...wish, keepsTraces: false, keepsSummaries: false });
    receive({ store, archive }, [inference(2)]);
    await archive.tellSummaries();
    await archive.tidy();
    const after = open();
    await after.archive.restore(0);
    assert.deepEqual([after.store.stats().traces, await inferencesIn(archive)], [0, 0]);
  });

  it('has no summary of an attribute that is never written', async () => {
    const { store, archive } = open({ neverWritten: ['storage_*', 'model_prediction'] });
    receive({ store, archive }, [inference(1)]);
    await archive.tellSummaries();
    const [row] = await recent(archive);
    assert.deepEqual([...(row?.values.keys() ?? [])], ['duration']);
    assert.equal(row?.predictions.size, 0);
  });
});
