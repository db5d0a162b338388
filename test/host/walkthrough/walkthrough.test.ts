import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commands } from '../../../src/platform/contributions';
import { waitUntil } from '../../support/waitUntil';
import { click, inPage, screenshotsInAllThemes, setViewport, textsOf } from '../../support/window';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
}

const steps = (): readonly Step[] => {
  const extension = vscode.extensions.getExtension('whyspan.whyspan');
  assert.ok(extension);
  return extension.packageJSON.contributes.walkthroughs[0].steps;
};

/** Whether the steps are done, in their order. */
const done = () =>
  inPage(
    () =>
      [...document.querySelectorAll('.getting-started-step [role="checkbox"]')].map(
        (box) => box.getAttribute('aria-checked') === 'true',
      ),
    null,
  );

async function openStep(title: string): Promise<void> {
  await vscode.commands.executeCommand(commands.openWalkthrough);
  await waitUntil('the step', async () =>
    (await textsOf('.getting-started-step .step-title')).some((text) => text.includes(title)),
  );
  await click(`.getting-started-step:has-text("${title}")`);
}

describe('the walkthrough', () => {
  before(async () => {
    await vscode.extensions.getExtension('whyspan.whyspan')?.activate();
    await setViewport(1500, 950);
  });

  it('has pictures that are there, and commands that are registered', async () => {
    const extension = vscode.extensions.getExtension('whyspan.whyspan');
    assert.ok(extension);
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { description, media } of steps()) {
      const picture = await vscode.workspace.fs.readFile(
        vscode.Uri.joinPath(extension.extensionUri, media.svg),
      );
      assert.match(new TextDecoder().decode(picture), /^<svg /);
      const linked = [...description.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id ?? '');
      assert.ok(linked.length > 0, description);
      assert.deepEqual(
        linked.filter((id) => !registered.has(id)),
        [],
      );
    }
  });

  it('is linked where there are no traces yet, and opens', async () => {
    await vscode.commands.executeCommand('whyspan.traces.focus');
    await waitUntil('the link', async () =>
      (await textsOf('.part.sidebar .welcome-view-content a')).includes('Get started'),
    );
    await click('.part.sidebar .welcome-view-content a:text-is("Get started")');
    const titles = await waitUntil('the steps', async () => {
      const found = await textsOf('.getting-started-step .step-title');
      return found.length === steps().length && found;
    });
    assert.deepEqual(
      titles,
      steps().map(({ title }) => title),
    );
  });

  for (const index of [0, 1, 2, 3]) {
    it(`shows step ${index + 1} with its picture in each theme`, async function () {
      this.timeout(60_000);
      const step = steps()[index];
      assert.ok(step);
      await openStep(step.title);
      const drawn = await waitUntil('the picture', () =>
        inPage(
          () => {
            const svg = document.querySelector('svg');
            const fills = [...document.querySelectorAll('text')].map((text) => getComputedStyle(text).fill);
            return (svg?.getBoundingClientRect().width ?? 0) > 300 && { texts: fills.length, fills };
          },
          null,
          'body > svg',
        ),
      );
      assert.ok(drawn.texts > 3);
      assert.ok(new Set(drawn.fills).size > 1, 'the colours of the theme are found');
      await screenshotsInAllThemes(`walkthrough-${step.id}`);
    });
  }

  it('writes the sample program where it is told, for this window’s port, and opens it', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'whyspan_story.py');
    await vscode.commands.executeCommand(commands.createSample, uri);
    const editor = await waitUntil('the editor', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.uri.fsPath, uri.fsPath);
    await vscode.commands.executeCommand(commands.copyExporterSettings);
    const [endpoint = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(await vscode.env.clipboard.readText()) ?? [];
    assert.ok(editor.document.getText().includes(`"${endpoint}"`), endpoint);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is done step by step, by what the user does', async function () {
    this.timeout(60_000);
    await openStep('Watch the chart and the alert');
    assert.deepEqual(await done(), [false, false, false, false]);
    await click('.getting-started-step .monaco-button:has-text("Show Latency Chart")');
    await waitUntil('the third', async () => (await done())[2] === true);
    await openStep('Connect your Jaeger');
    await vscode.workspace
      .getConfiguration('whyspan')
      .update(
        'connections',
        [{ name: 'mine', url: 'http://127.0.0.1:9' }],
        vscode.ConfigurationTarget.Global,
      );
    await waitUntil('the fourth', async () => (await done())[3] === true);
    assert.deepEqual(await done(), [false, false, true, true]);
  });
});
