import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import {
  click,
  inPage,
  lensTitles,
  lineEnds,
  notifications,
  press,
  screenshot,
  setSetting,
  setViewport,
  textsOf,
  themes,
  treeRows,
  typeText,
} from '../../support/window';
import { readDrawn, watchLenses } from './drawnOn';
import { freePort, receivedAt, type SentInference, sendInferences } from './sentStory';

const run = vscode.commands.executeCommand;
const green = 'rgb(0, 255, 0)';
/** Twenty minutes of fast storage, then five of slow. */
const story: readonly SentInference[] = [
  ...Array.from({ length: 30 }, (_, i) => ({
    agoMs: 420_000 + i * 40_000,
    latencyMs: 9,
    prediction: i % 2 ? 'cat' : 'dog',
  })),
  ...Array.from({ length: 12 }, (_, i) => ({ agoMs: 1000 + i * 10_000, latencyMs: 450, prediction: 'cat' })),
];

describe('what is drawn into code', () => {
  let url = '';
  let source: vscode.TextDocument;
  let original = '';
  const lineOf = (text: string) =>
    source
      .getText()
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  before(async function () {
    this.timeout(60_000);
    await vscode.extensions.getExtension('whyspan.whyspan')?.activate();
    await setViewport(1500, 900);
    await setSetting('workbench.colorCustomizations', {
      'whyspan.breachRulerForeground': '#ff00ff',
      'whyspan.heat4Border': '#00ff00',
    });
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    source = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'inference.py'));
    original = source.getText();
    await vscode.window.showTextDocument(source);
    // A port of its own: other programs of this machine may send to the usual one.
    const port = await freePort();
    await setSetting('whyspan.receiver.port', port);
    url = await waitUntil('the port', async () => {
      const at = await receivedAt();
      return at.endsWith(`:${port}`) && at;
    });
    await sendInferences(url, story);
  });

  it('is a lens above each function, with the share of the threshold and the trend', async () => {
    const lenses = await waitUntil('three lenses', async () => {
      const found = await lensTitles(source.uri);
      return found.length === 3 && found;
    });
    const [load, model, inference] = lenses;
    assert.deepEqual(
      lenses.map(({ line }) => line),
      ['def load', 'def run_model', 'def ai_'].map(lineOf),
    );
    assert.match(
      load?.title ?? '',
      /^42 runs · avg 135 ms · p95 450 ms · storage 100 % · ↗ 50× as slow as before$/,
    );
    assert.match(model?.title ?? '', /^42 runs · avg 6 ms · p95 6 ms · model 100 % · → as before$/);
    assert.equal(
      inference?.title,
      '42 runs · storage avg 135 ms · p95 450 ms · 150 % of threshold in 5m · cat: 64 %, dog: 36 % · storage 93 % · model 4 % · application 3 % · ↗ 50× as slow as before',
    );
  });

  it('is heat where traces wait: bars in the gutter, and a stripe in the theme’s colour', async () => {
    const drawn = await waitUntil('the heat', async () => {
      const found = await readDrawn();
      return found.stripes.includes(green) && found;
    });
    assert.equal(drawn.icons, drawn.stripes.length);
    assert.equal(drawn.stripes.filter((stripe) => stripe === green).length, 1);
  });

  it('is a mark in the overview ruler, and a problem while the alert fires', async () => {
    await waitUntil('the mark', async () => (await readDrawn()).hasMark);
    const [problem, ...others] = await waitUntil('the problem', () => {
      const found = vscode.languages.getDiagnostics(source.uri);
      return found.length > 0 && found;
    });
    assert.ok(problem);
    assert.deepEqual(others, []);
    assert.equal(problem.source, 'Whyspan');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(
      problem.message,
      /^High Storage Latency Alert: avg of storage_latency_ms in drawn was 450 ms /,
    );
    assert.equal(problem.range.start.line + 1, lineOf('"ai_inference_pipeline"'));
    assert.ok(typeof problem.code === 'object' && problem.code.value === 'High Storage Latency Alert');
  });

  it('is no problem when that is switched off, and again when it is on', async () => {
    await setSetting('whyspan.annotations.diagnostics', false);
    await waitUntil('no problem', () => vscode.languages.getDiagnostics(source.uri).length === 0);
    await setSetting('whyspan.annotations.diagnostics', true);
    await waitUntil('the problem', () => vscode.languages.getDiagnostics(source.uri).length === 1);
  });

  it('says what the user wants in a lens, and names what does not exist', async () => {
    const lenses = async () => (await lensTitles(source.uri)).map(({ title }) => title);
    await setSetting('whyspan.annotations.lensFormat', '{latency.max} at most | {runs}');
    await waitUntil('the lens', async () => (await lenses()).includes('450 ms at most | 42 runs'));
    assert.equal((await lenses()).filter((title) => title === '42 runs').length, 2);
    await setSetting('whyspan.annotations.lensFormat', undefined);
    await waitUntil('the lens', async () => (await lenses())[0]?.startsWith('42 runs · avg'));
  });

  it('has a picture, the newest runs and links in its hover', async () => {
    await showHover('"storage_latency_ms"');
    const text = await waitUntil('the hover', async () =>
      (await textsOf('.monaco-hover .hover-contents')).find((content) => content.includes('p95')),
    );
    assert.match(text, /42 inferences · avg 135 ms · p50 9 ms · p95 450 ms · max 450 ms/);
    assert.match(text, /Where the time goes: load_features \d\d % · /);
    assert.match(text, /Traces of this line · Only these in the tree · Slowest of the last 42 · Show chart/);
    await waitUntil('the picture', async () => (await pictureWidth()) === 300);
    await run('workbench.action.focusActiveEditorGroup');
  });

  it('stays while somebody types, also what cannot be parsed, and while traces come', async function () {
    this.timeout(60_000);
    await show('features, latency');
    const before = await lensTitles(source.uri);
    const watching = watchLenses(4000);
    for (const piece of ['def (', '"""', ' x = [', '\n', 'class {', '\n']) {
      await typeText(piece);
      await sendInferences(url, [{ agoMs: 10, latencyMs: 450, prediction: 'cat' }]);
      await new Promise((resolve) => setTimeout(resolve, 350));
    }
    const { fewest, most, frames } = await watching;
    assert.ok(frames > 20, `${frames} frames`);
    assert.deepEqual([fewest, most], [before.length, before.length]);
    await revert();
  });

  it('moves with an edit at once', async () => {
    await revert();
    const editor = await show('import trace');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# one\n# two\n'));
    const lines = (await lensTitles(source.uri)).map(({ line }) => line);
    assert.deepEqual(lines, ['def load', 'def run_model', 'def ai_'].map(lineOf));
    await revert();
  });

  it('leads from line to line by keyboard, round and round', async () => {
    const editor = await show('from opentelemetry');
    const visited: number[] = [];
    const isNoMore = (line: number) => () => editor.selection.active.line + 1 !== line;
    for (let i = 0; i < 8; i++) {
      const last = visited.at(-1) ?? 1;
      // Keys go to what has the focus, which what was shown before may still take away.
      await waitUntil('another line', async () => {
        await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
        await press('Control+K Alt+N');
        return waitUntil('the move', isNoMore(last), 3000).catch(() => false);
      });
      visited.push(editor.selection.active.line + 1);
    }
    const expected = [
      'def load',
      '"load_',
      'def run_model',
      '"run_model"',
      'def ai_',
      '"ai_',
      '"storage_',
      '"model_pre',
    ].map(lineOf);
    assert.deepEqual(
      visited.filter((line) => !expected.includes(line)),
      [],
    );
    await press('Control+K Alt+P');
    await waitUntil('the line before', () => editor.selection.active.line + 1 === visited.at(-2));
  });

  it('uses keys that VS Code does not', async () => {
    const uri = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    const used = [...text.matchAll(/"key":\s*"(ctrl\+k alt\+[np])"[\s\S]*?"command":\s*"([^"]+)"/g)];
    assert.ok(text.includes('"alt+f8"'), 'the bindings were read');
    assert.deepEqual(
      used.map(([, , command]) => command).filter((command) => !command?.startsWith('whyspan.')),
      [],
    );
  });

  it('offers what to do at a click on a lens, and lists the traces of the line in a peek view', async () => {
    await show('def ai_inference');
    await click('.codelens-decoration a >> text=/threshold in 5m/');
    const rows = await waitUntil('the choices', async () => {
      const found = await textsOf('.quick-input-widget .monaco-list-row');
      return found.length > 0 && found;
    });
    assert.equal(rows.length, 5, rows.join('\n'));
    await screenshot('lens-actions');
    await press('Enter');
    await waitUntil('the peek view', async () =>
      (await textsOf('.peekview-widget .head')).join().includes('Traces of ai_inference'),
    );
    const listed = await waitUntil('the traces', async () => {
      const found = await textsOf('.peekview-widget .ref-tree .monaco-list-row');
      return found.some((row) => row.includes('storage 450 ms')) && found;
    });
    assert.ok(listed.length > 5);
    await waitUntil('the spans', async () =>
      (await textsOf('.peekview-widget .preview .view-line')).some((line) =>
        line.includes('ai_inference_pipeline'),
      ),
    );
    await screenshot('peek-traces');
    await press('Escape');
    await waitUntil('no peek view', async () => (await textsOf('.peekview-widget')).length === 0);
  });

  it('filters the tree to the traces of a line, and leads back', async () => {
    await sendInferences(url, [{ agoMs: 10, latencyMs: 5, prediction: 'emu', name: 'another_inference' }]);
    await run('whyspan.traces.focus');
    await waitUntil('the other trace', async () => (await treeRows()).some((row) => row.includes('emu')));
    await show('"model_prediction"');
    await run('whyspan.showLineTraces');
    const said = await waitUntil('the message', async () =>
      (await textsOf('.part.sidebar .message')).find((text) => text.includes('Only traces of')),
    );
    assert.match(said, /Only traces of inference\.py:16\. “Clear Filter” shows all again\./);
    await waitUntil('only these', async () => {
      const rows = await treeRows();
      return (
        rows.some((row) => row.startsWith('Storage latency')) && !rows.some((row) => row.includes('emu'))
      );
    });
    await screenshot('line-filter');
    await run('whyspan.clearFilter');
    await waitUntil('all again', async () => (await treeRows()).some((row) => row.includes('emu')));
  });

  it('says so at a line that nothing is known of', async () => {
    await show('def not_traced');
    await run('whyspan.showLineTraces');
    await waitUntil('the message', async () =>
      (await notifications()).some((text) => text.startsWith('No traces are known of this line')),
    );
    await run('notifications.clearAll');
  });

  it('has the slowest lines of the workspace to choose from, each shown while it is looked at', async () => {
    const editor = await show('def not_traced');
    const before = editor.selection.active.line;
    const choosing = run('whyspan.goToSlowestLine');
    const rows = await waitUntil('the lines', async () => {
      const found = await textsOf('.quick-input-widget .monaco-list-row');
      return found.length >= 3 && found[0]?.includes('inference.py:') && found;
    });
    assert.match(rows[0] ?? '', /load_features.*inference\.py:7.*\d\d % of the critical path/);
    await waitUntil('the preview', () => isAt(7));
    await screenshot('slowest-lines');
    await press('Escape');
    await choosing;
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, before);
    const again = run('whyspan.goToSlowestLine');
    await waitUntil('the preview', () => isAt(7));
    await press('Enter');
    await again;
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, lineOf('"load_features"') - 1);
  });

  it('looks right in each theme', async function () {
    this.timeout(120_000);
    await setSetting('workbench.colorCustomizations', undefined);
    await run('workbench.actions.view.problems');
    await show('def ai_inference');
    for (const [label, theme] of Object.entries(themes).reverse()) {
      await setSetting('workbench.colorTheme', theme);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await showHover('"storage_latency_ms"');
      await waitUntil('the hover', async () => (await pictureWidth()) === 300);
      await new Promise((resolve) => setTimeout(resolve, 400));
      await screenshot(`drawing-${label}`);
      // What is open already is not made again, in the colours of another theme.
      await press('Escape');
      await waitUntil('no hover', async () => (await pictureWidth()) === 0);
    }
    await run('workbench.action.closePanel');
  });

  it('is hidden by one command, all of it, and shown again', async () => {
    await setSetting('workbench.colorCustomizations', { 'whyspan.breachRulerForeground': '#ff00ff' });
    await waitUntil('all of it', async () => {
      const { lenses, icons, hasMark } = await readDrawn();
      return lenses.length > 0 && icons > 0 && hasMark;
    });
    await run('whyspan.toggleAnnotations');
    await waitUntil('nothing', async () => {
      const { lenses, icons, stripes, hasMark } = await readDrawn();
      const problems = vscode.languages.getDiagnostics(source.uri).length;
      const ends = (await lineEnds()).length;
      return lenses.length + icons + stripes.length + problems + ends === 0 && !hasMark;
    });
    const at = new vscode.Position(lineOf('"storage_latency_ms"') - 1, 30);
    assert.deepEqual(await run('vscode.executeHoverProvider', source.uri, at), []);
    await run('whyspan.toggleAnnotations');
    await waitUntil('all of it again', async () => {
      const { lenses, icons } = await readDrawn();
      return lenses.length > 0 && icons > 0 && vscode.languages.getDiagnostics(source.uri).length === 1;
    });
  });

  it('has no problem any more when the alert is resolved', async () => {
    await setSetting('whyspan.alert.threshold', 900);
    await waitUntil('no problem', () => vscode.languages.getDiagnostics(source.uri).length === 0);
    await waitUntil('no mark', async () => !(await readDrawn()).hasMark);
    await setSetting('whyspan.alert.threshold', undefined);
  });

  it('shows in a debug session what was recorded beside what is live', async function () {
    this.timeout(90_000);
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    await sendInferences(url, [
      { agoMs: 20, latencyMs: 40, prediction: 'dog', name: 'replayed_inference' },
      { agoMs: 10, latencyMs: 60, prediction: 'emu', name: 'replayed_inference' },
    ]);
    const program = vscode.Uri.joinPath(folder.uri, 'replay.js');
    const document = await vscode.workspace.openTextDocument(program);
    await vscode.window.showTextDocument(document);
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('span.end()'));
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(program, new vscode.Position(line, 0))),
    ]);
    assert.ok(
      await vscode.debug.startDebugging(folder, {
        type: 'node',
        request: 'launch',
        name: 'replay',
        program: program.fsPath,
      }),
    );
    const shown = await waitUntil(
      'the values',
      async () => {
        const found = (await textsOf('.view-line')).filter((text) => text.includes('recorded:'));
        return found.length >= 2 && found;
      },
      60_000,
    );
    await screenshot('debug-values');
    await run('workbench.action.debug.stop');
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    assert.match(shown[0] ?? '', /latency = 7.*recorded: 60, avg 50 of 2/);
    assert.match(shown[1] ?? '', /prediction = '?cat'?.*recorded: emu/);
  });

  function isAt(line: number): boolean {
    return vscode.window.activeTextEditor?.selection.start.line === line - 1;
  }

  async function show(text: string): Promise<vscode.TextEditor> {
    const editor = await vscode.window.showTextDocument(source);
    const { lineNumber } = source.lineAt(lineOf(text) - 1);
    const at = new vscode.Position(lineNumber, source.lineAt(lineNumber).firstNonWhitespaceCharacterIndex);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return editor;
  }

  /** As people do without a mouse. */
  async function showHover(text: string): Promise<void> {
    const editor = await show(text);
    const at = source.positionAt(source.getText().indexOf(text) + 3);
    editor.selection = new vscode.Selection(at, at);
    await run('editor.action.showHover');
  }

  /** By an edit, as the window saves by itself. */
  async function revert(): Promise<void> {
    const editor = await vscode.window.showTextDocument(source);
    const last = source.lineAt(source.lineCount - 1).range.end;
    await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), last), original));
    await source.save();
  }
});

/** How wide the picture of the hover is drawn; 0 while there is none, or it cannot be read. */
function pictureWidth(): Promise<number> {
  return inPage(() => {
    const image = document.querySelector<HTMLImageElement>('.monaco-hover img[src^="data:image/svg"]');
    return image?.checkVisibility() ? image.naturalWidth : 0;
  }, null);
}
