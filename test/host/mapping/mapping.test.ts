import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import {
  click,
  lensTitles,
  notifications,
  pick,
  press,
  screenshotsInAllThemes,
  setSetting,
} from '../../support/window';
import { type SentSpan, sendSpans, spanIdOf, traceIdOf } from './sendSpans';

const run = vscode.commands.executeCommand;

/** A file of the workspace: `checkout/main.py`. */
function fileOf(path: string): vscode.Uri {
  const [name, ...rest] = path.split('/');
  const folder = vscode.workspace.workspaceFolders?.find((each) => each.name === name);
  assert.ok(folder, path);
  return vscode.Uri.joinPath(folder.uri, ...rest);
}

describe('the lines of spans in a workspace of two folders', () => {
  let nextTrace = 1;
  before(async () => {
    await vscode.extensions.getExtension('whyspan.whyspan')?.activate();
    await vscode.window.showTextDocument(fileOf('checkout/main.py'));
    await run('whyspan.traces.focus');
    await waitUntil('the receiver', async () => {
      await run('whyspan.copyExporterSettings');
      return (await vscode.env.clipboard.readText()).includes('ENDPOINT=');
    });
  });

  const send = async (spans: readonly SentSpan[], service = 'svc') => {
    const trace = nextTrace++;
    await sendSpans(trace, service, spans);
    return traceIdOf(trace);
  };
  const lenses = (path: string, isThere: (titles: readonly string[]) => boolean) =>
    waitUntil(`lenses of ${path}`, async () => {
      await vscode.workspace.openTextDocument(fileOf(path));
      const found = (await lensTitles(fileOf(path))).map(({ line, title }) => `${line}: ${title}`);
      return isThere(found) && found;
    });
  const noLens = async (path: string) => {
    await vscode.workspace.openTextDocument(fileOf(path));
    assert.deepEqual(await lensTitles(fileOf(path)), []);
  };
  /** Where *Go to Code* leads: `folder/file:line`. */
  const goTo = async (trace: string, span: number, expected: string) => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'elsewhere' }));
    void run('whyspan.goToCode', { traceId: trace, spanId: spanIdOf(span) });
    await waitUntil(expected, () => whereIs(vscode.window.activeTextEditor) === expected);
  };

  /** The same, asked again: the file system tells of files that come and go when it likes. */
  const goToAtLast = async (trace: string, span: number, expected: string) => {
    await waitUntil(expected, async () => {
      await run('notifications.clearAll');
      await press('Escape');
      void run('whyspan.goToCode', { traceId: trace, spanId: spanIdOf(span) });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return whereIs(vscode.window.activeTextEditor) === expected;
    });
  };

  it('is asked for when a span is opened in both, and drawn in neither', async () => {
    await send([{ id: 1, name: 'predict_request' }]);
    const found = await lenses('checkout/main.py', (titles) => titles.length > 0);
    assert.deepEqual(found, ['8: 2 places open “predict_request”: choose…']);
    assert.deepEqual(await lenses('ranking/main.py', (titles) => titles.length > 0), [
      '6: 2 places open “predict_request”: choose…',
    ]);
    await vscode.window.showTextDocument(fileOf('checkout/main.py'));
    await screenshotsInAllThemes('ambiguous');
  });

  it('is drawn where it was chosen, until that is taken back', async () => {
    const [lens] =
      (await run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', fileOf('checkout/main.py'), 10)) ?? [];
    assert.ok(lens?.command);
    const choosing = run(lens.command.command, ...(lens.command.arguments ?? []));
    await pick(/ranking.main\.py:7/);
    await choosing;
    await lenses('checkout/main.py', (titles) => titles.length === 0);
    const [chosen] = await lenses('ranking/main.py', (titles) => /^6: 1 run/.test(titles[0] ?? ''));
    assert.ok(chosen);
    const again = run('whyspan.chooseLine');
    await pick(/^predict_request/);
    await pick(/^None: take the choice back/);
    await again;
    await lenses('checkout/main.py', (titles) => /choose…$/.test(titles[0] ?? ''));
  });

  it('is asked for by Go to Code, which can remember it', async () => {
    const trace = await send([{ id: 1, name: 'predict_request' }], 'other');
    void run('whyspan.goToCode', { traceId: trace, spanId: spanIdOf(1) });
    await pick(/checkout.main\.py:9/);
    await waitUntil('the offer', async () =>
      (await notifications()).some((said) => /^Always take .*main\.py:9 for “predict_request”/.test(said)),
    );
    await click('.notifications-center .monaco-button:text-is("Always")');
    await waitUntil('it is remembered', async () =>
      (await lensTitles(fileOf('checkout/main.py'))).some(({ title }) => title.startsWith('1 run')),
    );
    await run('notifications.clearAll');
    await goTo(trace, 1, 'checkout/main.py:9');
  });

  it('is that of a pattern, and of the call of a library within', async () => {
    const trace = await send([
      { id: 1, name: 'load user-7' },
      {
        ...{ id: 2, parent: 1, name: 'S3.GetObject', kind: 3 },
        scope: 'opentelemetry.instrumentation.botocore',
        attributes: { 'rpc.method': 'GetObject' },
      },
    ]);
    const found = await lenses('checkout/main.py', (titles) => titles.some((each) => each.startsWith('15:')));
    assert.ok(found.some((each) => each.startsWith('13: 1 run')));
    await goTo(trace, 1, 'checkout/main.py:14');
    await goTo(trace, 2, 'checkout/main.py:15');
  });

  it('is that of the only one, without what is installed or excluded', async () => {
    const trace = await send([{ id: 1, name: 'only_in_ranking' }]);
    await goTo(trace, 1, 'ranking/model.py:2');
    await noLens('checkout/site-packages/vendored/main.py');
  });

  it('is where a mapping leads to', async () => {
    const attributes = {
      'code.file.path': 'C:\\app\\main.py',
      'code.function.name': 'fail',
      'code.line.number': 17,
    };
    await setSetting('whyspan.pathMappings', [{ from: 'c:\\app', to: `\${workspaceFolder:ranking}` }]);
    const trace = await send([{ id: 1, name: 'mapped', attributes }]);
    await goTo(trace, 1, 'ranking/main.py:17');
    await setSetting('whyspan.pathMappings', [{ from: '/app', to: `\${workspaceFolder:checkout}` }]);
    const other = { ...attributes, 'code.file.path': '/app/main.py', 'code.line.number': 20 };
    const here = await send([{ id: 1, name: 'mapped too', attributes: other }]);
    await goTo(here, 1, 'checkout/main.py:20');
    await setSetting('whyspan.pathMappings', undefined);
  });

  it('is told by the stack of an exception, which leads to the line that failed', async () => {
    const stack = [
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3.11/site-packages/opentelemetry/trace/__init__.py", line 5, in use_span',
      '  File "/srv/ranking/main.py", line 17, in fail',
      'ValueError: nothing to rank',
    ].join('\n');
    const trace = await send([{ id: 1, name: 'ambiguous_failure', stack }]);
    await goTo(trace, 1, 'ranking/main.py:17');
    const isDrawn = (titles: readonly string[]) => titles.some((each) => /^15: 1 run/.test(each));
    await lenses('ranking/main.py', isDrawn);
    const there = await lensTitles(fileOf('checkout/main.py'));
    assert.ok(!there.some(({ title }) => title.includes('ambiguous_failure')));
  });

  it('follows files that come, change and go', async () => {
    const late = fileOf('checkout/late.py');
    const write = (name: string) =>
      vscode.workspace.fs.writeFile(
        late,
        Buffer.from(`def late(tracer):\n    tracer.start_span("${name}")\n`),
      );
    await write('came_late');
    const trace = await send([{ id: 1, name: 'came_late' }]);
    await goToAtLast(trace, 1, 'checkout/late.py:2');
    await vscode.workspace.fs.delete(late);
    const model = fileOf('ranking/model.py');
    const document = await vscode.workspace.openTextDocument(model);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(model, new vscode.Position(0, 0), '# came_late\n');
    edit.insert(
      model,
      new vscode.Position(3, 0),
      '\n\ndef more(tracer):\n    tracer.start_span("came_late")\n',
    );
    await vscode.workspace.applyEdit(edit);
    const line =
      document
        .getText()
        .split('\n')
        .findIndex((each) => each.includes('start_span("came_late")')) + 1;
    await goToAtLast(trace, 1, `ranking/model.py:${line}`);
    await vscode.window.showTextDocument(document);
    await run('workbench.action.files.revert');
  });

  it('is in the cell of a notebook that is open', async () => {
    const cell = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const cells = [cell('x = 1'), cell('def explore(tracer):\n    tracer.start_span("explored")\n')];
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData(cells),
    );
    await vscode.window.showNotebookDocument(notebook);
    const attributes = { 'code.file.path': '/tmp/ipykernel_12/345.py', 'code.function.name': 'explore' };
    await send([{ id: 1, name: 'explored', attributes }]);
    const { uri } = notebook.cellAt(1).document;
    const [lens] = await waitUntil('the lens of the cell', async () => {
      const found = await lensTitles(uri);
      return found.length > 0 && found;
    });
    assert.match(`${lens?.line}: ${lens?.title}`, /^1: 1 run/);
    await screenshotsInAllThemes('notebook');
  });
});

/** The place of the cursor: `folder/file:line`. */
function whereIs(editor: vscode.TextEditor | undefined): string {
  const path = editor && vscode.workspace.asRelativePath(editor.document.uri);
  return `${path}:${(editor?.selection.active.line ?? -1) + 1}`;
}
