import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { blockOf } from '../../../src/core/columns/writeTrace';
import { Emitter } from '../../../src/core/event';
import type { Endpoints } from '../../../src/platform/endpoints';
import { KeptTraces } from '../../../src/platform/keptTraces';
import type { Settings } from '../../../src/platform/settings';
import type { SourceStatus } from '../../../src/sources/sourceStatus';
import { waitUntil } from '../../support/waitUntil';
import { inferenceTrace, storeOf } from '../core/store/storeOf';
import { settingsOf } from './settingsOf';

const endpoints: Endpoints = {
  otlpUrl: 'http://127.0.0.1:4318',
  ...{ wantedPort: 4318, isOtherOtlpPort: false, sharing: 'none', openTo: undefined },
  isTakenByWhyspan: false,
  grpcUrl: undefined,
  agentPort: undefined,
};

/** A source that begins and ends to receive when it is told to. */
function sourceOf() {
  const onDidChangeStatus = new Emitter<SourceStatus>();
  const source = { endpoints: undefined as Endpoints | undefined, connection: undefined };
  const receive = (isReceiving: boolean) => {
    source.endpoints = isReceiving ? endpoints : undefined;
    onDidChangeStatus.fire({ kind: 'idle' });
  };
  return { source: Object.assign(source, { onDidChangeStatus: onDidChangeStatus.event }), receive };
}

describe('KeptTraces', function () {
  this.timeout(20_000);
  let folder: string;
  let windows: KeptTraces[];
  const said: string[] = [];
  const say = (message: unknown) => void said.push(String(message));

  function windowOf(written: Readonly<Record<string, unknown>> = {}) {
    const { store } = storeOf();
    const onDidChange = new Emitter<Settings>();
    const settings = { current: settingsOf(written), onDidChange: onDidChange.event };
    const kept = new KeptTraces({ folder, store, settings, log: { info: () => {}, warn: say }, report: say });
    windows.push(kept);
    return { store, kept, ...sourceOf() };
  }
  const trace = (id: number) => inferenceTrace(id, Date.now() * 1000, 10);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'whyspan-'));
    windows = [];
  });
  afterEach(() => {
    for (const kept of windows) kept.dispose();
    assert.deepEqual(said, []);
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps what comes as soon as it is started, and brings it back when spans are received again', async () => {
    const before = windowOf();
    before.kept.start(before.source);
    before.kept.append([blockOf([trace(1)])]);
    await waitUntil('it is written', () => before.kept.stats?.writtenSpans === 1);
    before.kept.dispose();
    const after = windowOf();
    after.kept.start(after.source);
    await waitUntil('it is open', () => after.kept.stats !== undefined);
    assert.equal(after.store.stats().traces, 0, 'nothing comes back while nothing is received');
    after.receive(true);
    await waitUntil('it is back', () => after.store.stats().traces === 1);
    // Another source, and back again.
    after.store.clear();
    after.receive(false);
    after.receive(true);
    await waitUntil('it is back again', () => after.store.stats().traces === 1);
  });

  it('forgets all when it is told to', async () => {
    const before = windowOf();
    before.kept.start(before.source);
    before.kept.append([blockOf([trace(1)])]);
    await waitUntil('it is written', () => before.kept.stats?.writtenSpans === 1);
    await before.kept.clear();
    before.receive(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(before.store.stats().traces, 0);
    assert.equal(before.kept.stats?.bytes, 0);
  });

  it('has summaries of the minutes of a service', async () => {
    const { kept, store, source } = windowOf();
    kept.start(source);
    const nowUs = Date.now() * 1000;
    store.add([trace(1), trace(2)], nowUs);
    const rows = await waitUntil('they are told', async () => {
      const found = await kept.summaries('svc', nowUs - 120_000_000, nowUs + 60_000_000);
      return found.length > 0 && found;
    });
    assert.equal(
      rows.reduce((sum, { inferences }) => sum + inferences, 0),
      2,
    );
    assert.deepEqual(await kept.summaries('other', 0, nowUs), []);
  });
});
