import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { life, reloadWindow } from '../../support/lives';
import { waitUntil } from '../../support/waitUntil';
import {
  click,
  notifications,
  press,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  statusBarLabel,
  textsOf,
  treeRows,
  typeText,
} from '../../support/window';
import { receivedAt, sendInferences } from '../drawing/sentStory';

const times = { window: '1m', frequency: '1s' };
const slow = { name: 'Slow', signal: 'attribute', evaluator: { type: 'gt', params: [300] }, ...times };
const cats = {
  ...{ name: 'Only cats', signal: 'prediction_share', label: 'cat', ...times },
  evaluator: { type: 'gt', params: [0.5] },
};

const row = async (name: string) =>
  (await treeRows()).find((text) => text.startsWith(`Alert rule ${name},`)) ?? '';
const rowSays = (name: string, pattern: RegExp) =>
  waitUntil(`${name} says ${pattern}`, async () => pattern.test(await row(name)), 30_000);

/** Answers the question that has a title. */
async function answer(step: number, text: string): Promise<void> {
  await waitUntil(`question ${step}`, async () =>
    (await textsOf('.quick-input-widget .quick-input-title')).some((title) =>
      title.includes(`(${step} of 4)`),
    ),
  );
  await press('Control+A');
  await typeText(text);
  await press('Enter');
}

describe(`alert rules, in life ${life} of the window`, function () {
  this.timeout(90_000);

  before(async () => {
    await setViewport(1500, 900);
    await vscode.commands.executeCommand('whyspan.alerts.focus');
  });

  if (life === 1) {
    it('lists the alert of the article, which waits for data', async () => {
      await rowSays('High Storage Latency Alert', /, NoData, since /);
      // The progress of starting may still be leaving.
      await waitUntil('no notification', async () => (await notifications()).length === 0);
    });

    it('says once what happens at once, and shows rules with their values and states', async () => {
      await setSetting('whyspan.alerts.rules', [slow, cats]);
      await rowSays('Only cats', /NoData/);
      const url = await receivedAt();
      const ago = (agoMs: number) => ({ agoMs, latencyMs: 900, prediction: 'cat' });
      await sendInferences(url, [ago(3000), ago(2000), ago(1000)]);
      await rowSays('Slow', /, Alerting, 900 ms, since /);
      await rowSays('Only cats', /, Alerting, 100 %, since /);
      const said = await waitUntil('the notification', async () => {
        // On a slow machine the index of the workspace may still be read.
        const found = (await notifications()).filter((text) => !/^(Copied: |Whyspan: reading )/.test(text));
        return found.length > 0 && found;
      });
      assert.deepEqual(said, ['3 alerts changed. Firing: High Storage Latency Alert, Slow, Only cats.']);
      assert.match(await statusBarLabel(), /2 rules alerting/);
      await screenshotsInAllThemes('alerts');
      await vscode.commands.executeCommand('notifications.clearAll');
    });

    it('names a rule that cannot be used, and keeps the others', async () => {
      await setSetting('whyspan.alerts.rules', [slow, cats, { name: 'Wrong', window: 'soon' }]);
      const problem = await waitUntil('the problem', async () =>
        (await treeRows()).find((text) => text.startsWith('Alert rule “Wrong” is left out')),
      );
      assert.match(problem, /“window” is not a duration/);
      await rowSays('Slow', /Alerting/);
      await screenshot('wrong-rule');
      await setSetting('whyspan.alerts.rules', [slow, cats]);
    });

    it('mutes one rule for good', async () => {
      const muting = vscode.commands.executeCommand('whyspan.muteAlert', { kind: 'rule', uid: 'slow' });
      const choices = await waitUntil('the choices', async () => {
        const found = await textsOf('.quick-input-widget .monaco-list-row .label-name');
        return found.length > 4 && found;
      });
      assert.deepEqual(choices.slice(0, 4), [
        'For 15 minutes',
        'For 1 hour',
        'For 8 hours',
        'Don’t show again',
      ]);
      await screenshot('mute');
      await press('ArrowDown ArrowDown ArrowDown Enter');
      await muting;
      await rowSays('Slow', /muted/);
      assert.doesNotMatch(await row('Only cats'), /muted/);
    });

    it('writes a new rule by asking four questions', async () => {
      const made = vscode.commands.executeCommand('whyspan.newAlertRule');
      await answer(1, 'Duration');
      await answer(2, '> 5000');
      await answer(3, '2m');
      await screenshot('new-rule');
      await answer(4, 'Long');
      await made;
      await rowSays('Long', /, Normal, \d+ ms, since /);
      const rules = vscode.workspace.getConfiguration('whyspan').get<unknown[]>('alerts.rules');
      assert.deepEqual(rules?.at(-1), {
        ...{ name: 'Long', signal: 'span_duration', reducer: 'avg', window: '2m' },
        evaluator: { type: 'gt', params: [5000] },
      });
      await vscode.commands.executeCommand('notifications.clearAll');
    });

    it('copies a rule and how it stands', async () => {
      await vscode.commands.executeCommand('whyspan.copyAlert', { kind: 'rule', uid: 'only-cats' });
      assert.match(
        await vscode.env.clipboard.readText(),
        /^Only cats: share of “cat” > 50 %\ndrawn, Alerting, 100 %$/,
      );
    });

    it('has something to say when there is no rule', async () => {
      const rules = vscode.workspace.getConfiguration('whyspan').get('alerts.rules');
      await setSetting('whyspan.alerts.rules', []);
      await setSetting('whyspan.alert.enabled', false);
      const text = await waitUntil('the welcome', async () =>
        (await textsOf('.part.sidebar .welcome-view-content')).find((found) =>
          found.includes('No rule is watched'),
        ),
      );
      assert.match(text, /New Alert Rule/);
      await screenshotsInAllThemes('no-rules');
      await setSetting('whyspan.alert.enabled', undefined);
      await setSetting('whyspan.alerts.rules', rules);
      await rowSays('Slow', /muted/);
    });

    it('lives on in a window that is reloaded', () => reloadWindow());
    return;
  }

  it('still knows which rule is muted, and what states there were', async () => {
    await rowSays('Slow', /muted/);
    await rowSays('High Storage Latency Alert', /NoData|Alerting/);
    await click('.part.sidebar [aria-label^="Alert rule High Storage"] .monaco-tl-twistie');
    const history = await waitUntil('the history', async () => {
      const rows = await treeRows();
      return rows.some((text) => /^Alerting, .+, for .+, 900 ms$/.test(text)) && rows;
    });
    assert.ok(
      history.some((text) => /^NoData, .+, for /.test(text)),
      history.join('\n'),
    );
    await screenshotsInAllThemes('history');
  });

  it('hears of it again when it is not muted any more', async () => {
    await vscode.commands.executeCommand('whyspan.unmuteAlert', { kind: 'rule', uid: 'slow' });
    await waitUntil('it is heard', async () => !(await row('Slow')).includes('muted'));
  });
});
