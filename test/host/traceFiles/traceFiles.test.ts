import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import {
  hover,
  inPage,
  lensTitles,
  lineEnds,
  notifications,
  press,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  statusBarLabel,
  textsOf,
  treeRows,
  typeText,
} from '../../support/window';
import { MemoryFiles } from './memoryFiles';
import { storyTrace, storyTraceId, writeStory } from './storyFile';

const run = vscode.commands.executeCommand;
const ping = {
  traceID: '77'.repeat(16),
  spans: [
    {
      traceID: '77'.repeat(16),
      spanID: '77'.repeat(8),
      operationName: 'GET /health',
      references: [],
      startTime: 1_772_000_000_000_000,
      duration: 1200,
      tags: [],
      logs: [],
      processID: 'p1',
    },
  ],
  processes: { p1: { serviceName: 'checkout', tags: [] } },
};
const story = [
  storyTrace({ id: '1a', latencyMs: 42, prediction: 'cat' }),
  storyTrace({ id: '2b', latencyMs: 450, prediction: 'dog', endMs: Date.UTC(2026, 2, 1, 13) }),
  ping,
];

describe('trace files in the window', () => {
  let folder = '';
  let file = '';
  let source: vscode.TextDocument;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-files-'));
    file = join(folder, 'checkout.json');
    await writeStory(file, story);
    await vscode.extensions.getExtension('whyspan.whyspan')?.activate();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    source = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(workspace.uri, 'pipeline.py'));
    await vscode.window.showTextDocument(source);
    await run('whyspan.traces.focus');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const rowLike = (pattern: RegExp) =>
    waitUntil(`a row like ${pattern}`, async () => (await treeRows()).find((row) => pattern.test(row)));
  const noRowLike = (pattern: RegExp) =>
    waitUntil(`no row like ${pattern}`, async () => !(await treeRows()).some((row) => pattern.test(row)));

  it('are chosen in the dialog, and their traces are in the tree', async () => {
    const importing = run('whyspan.importFile');
    await typePath(file);
    await importing;
    await rowLike(/^Imported file checkout\.json, 3 traces/);
    await rowLike(/^Storage latency 450 ms, prediction dog, slow, /);
    await rowLike(/^Storage latency 42 ms, prediction cat, /);
    await rowLike(/^Trace GET \/health, 1\.2 ms · 1 span · checkout/);
    assert.deepEqual(await notifications(), []);
  });

  it('are numbers at the lines that made their spans, marked as those of the file', async () => {
    const lens = await waitUntil('the lens', async () => (await lensTitles(source.uri))[0]);
    assert.match(lens.title, /^2 runs · storage avg 246 ms · .* · from checkout\.json$/);
    const ends = await waitUntil('the ends of lines', async () => {
      const found = await lineEnds();
      return found.length >= 2 && found;
    });
    assert.deepEqual(
      ends.map(({ text }) => text),
      ['450 ms · avg 246 ms · from checkout.json', '→ dog · cat: 50 %, dog: 50 % · from checkout.json'],
    );
    await screenshotsInAllThemes('imported');
  });

  it('raise no alert, however old or slow', async () => {
    assert.match(await statusBarLabel(), /no data/);
  });

  it('have spans and attributes below them, and lead to the code', async () => {
    await run('whyspan.revealTrace', { traceId: storyTraceId('1a') });
    await rowLike(/^Span read_features, 42 ms/);
    await run('whyspan.goToCode', { traceId: storyTraceId('2b') });
    await waitUntil('the line', () => {
      const { activeTextEditor: editor } = vscode.window;
      return editor?.document.lineAt(editor.selection.active.line).text.includes('ai_inference_pipeline');
    });
  });

  it('without a latency have one that is derived, with where their time went', async () => {
    const derived = join(folder, 'derived.json');
    await writeStory(derived, [
      storyTrace({ id: '5e', latencyMs: 450, isDerived: true, prediction: 'bird' }),
    ]);
    await run('whyspan.importFile', vscode.Uri.file(derived));
    await rowLike(/^Storage latency 450 ms \(derived\), prediction bird, slow/);
    const lens = await waitUntil('the lens', async () =>
      (await lensTitles(source.uri)).find(({ title }) => title.includes('(derived)')),
    );
    assert.match(
      lens.title,
      /storage avg 450 ms \(derived\) · .* · storage 90 % · application 10 % · from derived/,
    );
    await hover('.part.sidebar .monaco-list-row[aria-label*="(derived)"] .monaco-icon-label');
    await waitUntil('the tooltip', async () =>
      (await textsOf('.monaco-hover')).some((text) => text.includes('Time: storage 90 % · application 10 %')),
    );
    await screenshot('derived');
    await run('whyspan.removeFile');
    await noRowLike(/derived/);
  });

  it('are there once when they are imported twice', async () => {
    await writeStory(file, story.slice(0, 2));
    await run('whyspan.importFile', vscode.Uri.file(file));
    await rowLike(/^Imported file checkout\.json, 2 traces/);
    assert.equal((await treeRows()).filter((row) => row.startsWith('Imported file')).length, 1);
  });

  it('are there beside the same trace as it was received, each with its own numbers', async () => {
    await run('whyspan.copyExporterSettings');
    const [, endpoint] = /ENDPOINT=(\S+)/.exec(await vscode.env.clipboard.readText()) ?? [];
    const attributes = [
      { key: 'storage_latency_ms', value: { doubleValue: 77 } },
      { key: 'model_prediction', value: { stringValue: 'bird' } },
    ];
    const end = BigInt(Date.now()) * 1_000_000n;
    const span = {
      ...{ traceId: storyTraceId('1a'), spanId: '1a'.repeat(8), name: 'ai_inference_pipeline', attributes },
      startTimeUnixNano: String(end - 1_000_000n),
      endTimeUnixNano: String(end),
    };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'live' } }] };
    const answer = await fetch(`${endpoint}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
    });
    assert.equal(answer.status, 200);
    await rowLike(/^Storage latency 77 ms, prediction bird/);
    await rowLike(/^Storage latency 42 ms, prediction cat/);
    const lens = await waitUntil('the lens of the live one', async () =>
      (await lensTitles(source.uri)).find(({ title }) => title.startsWith('1 run')),
    );
    assert.doesNotMatch(lens.title, /from checkout/);
    await screenshot('live-and-imported');
  });

  it('say what could not be read, and what is no trace file', async () => {
    const broken = join(folder, 'broken.json');
    const text = JSON.stringify({ data: story });
    await writeFile(broken, text.replace(`"spanID":"${'1a'.repeat(8)}"`, '"spanID":7'));
    await run('whyspan.importFile', vscode.Uri.file(broken));
    await rowLike(/^Imported file broken\.json, 3 traces, 1 problem/);
    await rowLike(/^What could not be read, or had to be mended: 1/);
    const notes = join(folder, 'notes.json');
    await writeFile(notes, '{"shopping": ["milk"]}');
    await run('whyspan.importFile', vscode.Uri.file(notes), [
      vscode.Uri.file(notes),
      vscode.Uri.file(join(folder, 'gone.json')),
    ]);
    await waitUntil('both failures', async () => {
      const said = await notifications();
      return (
        said.some((each) => /“notes\.json”: It holds no traces: JSON that holds no traces/.test(each)) &&
        said.some((each) => /There is no “gone\.json”/.test(each))
      );
    });
    await screenshot('problems');
    await run('notifications.clearAll');
    await noRowLike(/notes\.json/);
  });

  it('are exported as they are shown, and the file imports the same', async () => {
    await run('whyspan.traces.focus');
    const target = join(folder, 'saved.json.gz');
    const exporting = run('whyspan.exportTraces');
    await pick(/^All traces that are shown/);
    await pick(/^OTLP JSON/);
    await typePath(target);
    await waitUntil('the file', () => stat(target).catch(() => undefined));
    await waitUntil('the message', async () =>
      (await notifications()).some((said) => /^Exported 3 traces to .*saved\.json\.gz\.$/.test(said)),
    );
    await run('notifications.clearAll');
    await exporting;
    assert.equal((await readFile(target)).readUInt16BE(), 0x1f8b);
    await run('whyspan.importFile', vscode.Uri.file(target));
    await rowLike(/^Imported file saved\.json\.gz, 3 traces/);
  });

  it('come from file systems that only VS Code knows', async () => {
    const files = new MemoryFiles();
    const provider = vscode.workspace.registerFileSystemProvider('memory', files);
    try {
      files.add('/a/far.jsonl', gzipSync(`${JSON.stringify(story[0])}\n${JSON.stringify(story[1])}\n`));
      await run('whyspan.openTraceFile', vscode.Uri.parse('memory:/a/far.jsonl'));
      await rowLike(/^Imported file far\.jsonl, 2 traces/);
      await run('whyspan.importFile', vscode.Uri.parse('memory:/a/none.json'));
      await waitUntil('the failure', async () =>
        (await notifications()).some((said) => /“none\.json” cannot be read/.test(said)),
      );
      await run('notifications.clearAll');
    } finally {
      provider.dispose();
    }
  });

  it('are dropped onto the tree', async () => {
    await run('whyspan.traces.focus');
    await inPage(
      (text) => {
        const row = document.querySelector('.part.sidebar .monaco-list-row');
        if (!row) throw new Error('no row to drop on');
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
        const box = row.getBoundingClientRect();
        const at = { clientX: box.x + 40, clientY: box.y + 5, bubbles: true, cancelable: true };
        for (const type of ['dragenter', 'dragover', 'drop'])
          row.dispatchEvent(new DragEvent(type, { ...at, dataTransfer }));
      },
      JSON.stringify({ data: story.slice(0, 1) }),
    );
    await rowLike(/^Imported file dropped\.json, 1 trace$/);
  });

  it('are removed one by one, and all at once', async () => {
    await run('whyspan.traces.focus');
    const before = (await treeRows()).filter((row) => row.startsWith('Imported file')).length;
    // The last import is selected.
    await run('whyspan.removeFile');
    await noRowLike(/dropped\.json/);
    const left = (await treeRows()).filter((row) => row.startsWith('Imported file')).length;
    assert.equal(left, before - 1);
    await run('whyspan.clear');
    await noRowLike(/^Imported file/);
    await waitUntil('no lens', async () => (await lensTitles(source.uri)).length === 0);
  });

  it('say that there is no room for what is too much', async () => {
    await setSetting('whyspan.store.maxMegabytes', 8);
    const large = join(folder, 'large.json');
    const trace = storyTrace({ id: '3c', latencyMs: 5, prediction: 'x'.repeat(9_000_000) });
    await writeStory(large, [trace]);
    await run('whyspan.importFile', vscode.Uri.file(large));
    await waitUntil('the message', async () =>
      (await notifications()).some((said) => /“large\.json”: Its traces need more than the 8 MB/.test(said)),
    );
    await run('notifications.clearAll');
    await noRowLike(/large\.json/);
    await waitUntil('the progress is gone', async () =>
      (await notifications()).every((said) => !said.startsWith('Reading')),
    );
  });
});

describe('the command line that is installed from the window', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-home-'));
    await writeStory(join(folder, 'a.json'), story);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const whyspan = (path: string, ...args: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile(join(folder, 'bin', 'whyspan'), [...args], { env: { PATH: path } }, (error, out) =>
        error ? reject(error) : resolve(out),
      );
    });

  it('runs, with node and with VS Code’s own', async () => {
    await run('whyspan.installCommandLine', join(folder, 'bin'));
    await waitUntil('the message', async () =>
      (await notifications()).some((said) =>
        /Installed .*bin\/whyspan, which is not on your PATH/.test(said),
      ),
    );
    await screenshot('command-line');
    await run('notifications.clearAll');
    for (const path of [process.env.PATH ?? '', '/none']) {
      const out = await whyspan(path, 'list', join(folder, 'a.json'), '--inferences');
      assert.match(out, /storage 450 ms +→ dog/);
    }
  });

  it('asks where to put it', async () => {
    const asking = run('whyspan.installCommandLine');
    const rows = await waitUntil('the folders', async () => {
      const found = await textsOf('.quick-input-widget .monaco-list-row');
      return found.some((row) => row.includes('Another folder')) && found;
    });
    assert.ok(
      rows.some((row) => row.includes('.local/bin')),
      rows.join('\n'),
    );
    await press('Escape');
    await asking;
  });

  it('is gone after it was uninstalled', async () => {
    await run('whyspan.uninstallCommandLine');
    await waitUntil('the message', async () =>
      (await notifications()).some((said) => /^Removed .*bin\/whyspan\.$/.test(said)),
    );
    await assert.rejects(whyspan('/none', '--version'), { code: 'ENOENT' });
    await run('notifications.clearAll');
    await run('whyspan.uninstallCommandLine');
    await waitUntil('the message', async () =>
      (await notifications()).some((said) => said === 'The command line is not installed.'),
    );
  });
});

/** What is in the input of VS Code's own dialogs. */
function dialogValue(): Promise<string> {
  return inPage(
    () => document.querySelector<HTMLInputElement>('.quick-input-widget .quick-input-box input')?.value ?? '',
    null,
  );
}

/** Types a path into VS Code's own file dialog, again when it was still busy with the folder that it began in. */
async function typePath(path: string): Promise<void> {
  await waitUntil('the dialog', async () => (await dialogValue()).startsWith('/'));
  await waitUntil('the path', async () => {
    await press('Control+A');
    await typeText(path);
    return (await dialogValue()) === path;
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await press('Enter');
}

/** Picks a row of a quick pick. */
async function pick(label: RegExp): Promise<void> {
  const rows = await waitUntil(`a row like ${label}`, async () => {
    const found = await textsOf('.quick-input-widget .monaco-list-row');
    return found.some((row) => label.test(row)) && found;
  });
  const index = rows.findIndex((row) => label.test(row));
  for (let i = 0; i < index; i++) await press('ArrowDown');
  await press('Enter');
}
