import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RuleOutcome } from '../../../../src/core/alerts/ruleRun';
import { instanceRow, periodRow, ruleRow } from '../../../../src/features/alerts/alertRows';
import { subjectOf } from '../../../../src/features/alerts/alertSubject';
import { othersLines, withOthers } from '../../../../src/features/alerts/othersText';
import { WatchedRule } from '../../../../src/features/alerts/watchedRule';
import { ruleOf } from '../../core/alerts/ruleOf';
import { english as t } from '../explorer/english';

const context = {
  ...{ latencyAttribute: 'storage_latency_ms', nowUs: 90_000_000, t },
  timeText: (us: number) => `${us / 1e6} s`,
  shortTimeText: (us: number) => `${us / 1e6}`,
};

/** A rule after an evaluation with some values by service. */
function watched(
  entry: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, number>>,
): WatchedRule {
  const rule = ruleOf(entry);
  const its = new WatchedRule(rule, undefined, 0);
  const groups = Object.entries(values).map(([service, value]) => {
    const kind = value > 300 ? ('firing' as const) : ('ok' as const);
    return {
      labels: [service],
      kind,
      worst: { labels: [service], value, before: undefined },
      condition: rule.conditions[0],
    };
  });
  its.step({ kind: 'groups', groups } satisfies RuleOutcome, { atUs: 30e6, nowUs: 30e6 });
  return its;
}

describe('rows of the Alerts view', () => {
  it('say state, value and since when, and how many series alert', () => {
    const row = ruleRow(watched({ name: 'Slow' }, { a: 10, b: 400 }), false, context);
    assert.deepEqual(
      [row.label, row.description, row.ariaLabel, row.state],
      [
        'Slow',
        'Alerting · 400 ms · since 30 · 1 of 2',
        'Alert rule Slow, Alerting, 400 ms, since 30, 1 of 2',
        'alerting',
      ],
    );
    assert.match(
      row.tooltip,
      /^Slow\navg of storage_latency_ms > 300 ms\nover 5m, each 1m\nas a unified alert/,
    );
  });

  it('say when a rule waits, is paused, or is muted', () => {
    const waiting = new WatchedRule(ruleOf(), undefined, 0);
    assert.equal(ruleRow(waiting, false, context).description, 'Waiting');
    const paused = ruleRow(new WatchedRule(ruleOf({ paused: true }), undefined, 0), false, context);
    assert.deepEqual([paused.description, paused.state], ['Paused', 'paused']);
    const muted = ruleRow(watched({}, { a: 400 }), true, context);
    assert.deepEqual([muted.description, muted.state], ['muted · Alerting · 400 ms · since 30', 'alerting']);
  });

  it('tell series apart by their labels', () => {
    const its = watched({ groupBy: ['model.version'] }, { v1: 10 });
    const [instance] = its.instances;
    assert.ok(instance);
    assert.equal(
      instanceRow(its.rule, instance, context).ariaLabel,
      'model.version=v1, Normal, 10 ms, since 30',
    );
  });

  it('say what states were, for how long, and with which value', () => {
    const its = watched({}, { a: 400 });
    const [period] = its.history;
    assert.ok(period);
    assert.equal(periodRow(its.rule, period, context).description, '30 s, for 1m · 400 ms');
  });
});

describe('the status bar with other rules', () => {
  const own = { text: '$(pass) avg 45 ms', label: 'Whyspan: avg 45 ms, OK', isAlerting: false };
  const alerting = watched({ name: 'Slow' }, { a: 400 });
  const fine = watched({ name: 'Fine' }, { a: 1 });

  it('says which one alerts, or how many', () => {
    assert.deepEqual(withOthers(own, [alerting, fine], 'yes', t), {
      text: '$(pass) avg 45 ms · $(warning) Slow: Alerting',
      label: 'Whyspan: avg 45 ms, OK, Slow: Alerting',
      isAlerting: true,
    });
    assert.match(withOthers(own, [alerting, alerting], 'yes', t).text, /2 rules alerting$/);
    assert.equal(withOthers(own, [fine], 'yes', t), own);
    assert.deepEqual(othersLines([alerting, fine], t), ['Slow: Alerting']);
  });

  it('shows them in place of the alert when that is off', () => {
    assert.equal(withOthers(own, [fine], 'off', t).label, 'Whyspan: Fine: Normal');
    assert.equal(withOthers(own, [], 'off', t), own);
  });
});

describe('subjectOf', () => {
  it('is what a node of the view or a notification names, and nothing of something else', () => {
    assert.deepEqual(subjectOf({ kind: 'series', uid: 'x', labels: ['a', 5] }), { uid: 'x', labels: ['a'] });
    assert.deepEqual(subjectOf({ uid: 'x' }), { uid: 'x', labels: undefined });
    for (const other of [undefined, null, 5, 'x', {}, { uid: 5 }]) assert.equal(subjectOf(other), undefined);
  });
});
