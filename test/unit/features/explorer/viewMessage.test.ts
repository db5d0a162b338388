import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HumanError } from '../../../../src/core/humanError';
import { noFilter } from '../../../../src/features/explorer/model';
import { type ViewMessageContext, viewMessage } from '../../../../src/features/explorer/viewMessage';
import type { SourceStatus } from '../../../../src/sources/sourceStatus';
import { storeOf } from '../../core/store/storeOf';
import { english as t } from './english';
import { assertShortLine, hostileTexts } from './hostile';

const ok = {
  kind: 'ok',
  answeredAtUs: 1,
  services: ['a'],
  leftOutServices: [],
  problemCount: 0,
} as const;
const stats = storeOf().store.stats();
const say = (status: SourceStatus, context: Partial<ViewMessageContext> = {}) =>
  viewMessage(status, {
    stats,
    sampleOf: () => undefined,
    isPaused: false,
    filter: noFilter,
    troubles: 0,
    t,
    ...context,
  });

const failing = (message: string): SourceStatus => ({
  kind: 'failing',
  error: new HumanError('unreachable', message),
  sinceUs: 0,
  retryAtUs: 0,
  hasAnswered: true,
});

describe('viewMessage', () => {
  it('says of which line the traces are, and the way back', () => {
    const line = { label: 'src/inference.py:42', has: () => true };
    assert.equal(
      say(ok, { filter: { ...noFilter, line } }),
      'Only traces of src/inference.py:42. “Clear Filter” shows all again.',
    );
  });

  it('is empty when nothing is unusual', () => {
    for (const status of [ok, { kind: 'idle' }, { kind: 'connecting' }] as const)
      assert.equal(say(status), '');
  });

  it('says that polling is paused, and why it fails', () => {
    assert.equal(say(ok, { isPaused: true }), 'Paused.');
    assert.equal(say(failing('http://h refuses the connection.')), 'http://h refuses the connection.');
  });

  it('says what is a sample and what is not watched', () => {
    const sample = { known: 1200, estimated: 47_813, relativeError: 0.04, isAtLeast: false };
    const sampleOf = (service: string) => (service === 'a' ? sample : undefined);
    assert.equal(
      say({ ...ok, services: ['a', 'b'] }, { sampleOf }),
      'A sample, not all inferences: a 1,200 of about 48,000 (± 4 %).',
    );
    assert.equal(
      say({ ...ok, leftOutServices: ['a', 'b', 'c', 'd'] }),
      'Not watched, too many services: a, b, c … (4). Choose in the view’s menu.',
    );
  });

  it('says how much was sent here and not taken', () => {
    assert.equal(say(ok, { troubles: 3 }), 'Sent here and not taken: 3 (“Diagnose” says why).');
  });

  it('says the filter', () => {
    assert.equal(
      say(ok, { filter: { text: 'cat', isErrorsOnly: true, isSlowOnly: true } }),
      'Filter: errors, over threshold, “cat”.',
    );
  });

  it('says what was let go, and what cannot be read', () => {
    assert.equal(
      say(ok, { stats: { ...stats, evictedBySize: 1, evictedByAge: 7, unreadableLatencies: 2 } }),
      'Older traces let go for space: 1. Inferences with a latency that is no number: 2.',
    );
  });

  it('makes a short line of hostile services, errors and filters', () => {
    for (const text of hostileTexts) {
      const names = Array.from({ length: 1000 }, () => text);
      const filter = { ...noFilter, text };
      assertShortLine(say({ ...ok, leftOutServices: names }, { filter }), 500);
      assertShortLine(say(failing(text), { filter }), 400);
    }
  });
});
