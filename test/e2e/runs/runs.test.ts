import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import {
  importTool,
  lensTitles,
  notifications,
  screenshot,
  setSetting,
  treeRows,
} from '../../support/window';

type PythonEnv =
  | { readonly ok: true; readonly python: string }
  | { readonly ok: false; readonly hint: string };

/** Takes 4318, the port that exporters send to by themselves, unless another program has it anyhow. */
async function takeUsualPort(): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.listen(4318, '127.0.0.1', () => resolve());
  });
  return server;
}

describe('runs from this window', () => {
  let folder: vscode.WorkspaceFolder;
  let python: string;
  let usualPort: Server;
  const fileOf = (name: string) => path.join(folder.uri.fsPath, name);

  before(async function () {
    this.timeout(90_000);
    const tool = await importTool<{ ensureInferenceEnv(exporter: string): Promise<PythonEnv> }>(
      'inference/inferenceEnv.mjs',
    );
    const env = await tool.ensureInferenceEnv('otlp');
    assert.ok(env.ok);
    python = env.python;
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = first;
    usualPort = await takeUsualPort();
    await setSetting('whyspan.backend', 'embedded');
    await vscode.window.showTextDocument(vscode.Uri.file(fileOf('pipeline.py')));
    await vscode.commands.executeCommand('whyspan.traces.focus');
  });

  after(() => {
    usualPort.close();
  });

  beforeEach(() => vscode.commands.executeCommand('whyspan.clear'));

  /** Runs the Python program as a task and waits for its end. */
  async function runTask(env: Record<string, string> = {}): Promise<number | undefined> {
    const execution = new vscode.ProcessExecution(python, [fileOf('pipeline.py')], {
      cwd: folder.uri.fsPath,
      env,
    });
    const task = new vscode.Task({ type: 'process' }, folder, 'pipeline', 'test', execution);
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution: over, exitCode }) => {
        if (over.task.name !== 'pipeline') return;
        listener.dispose();
        resolve(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    return ended;
  }

  /** Waits for the lens above the line that made so many spans, and for their service in the view. */
  async function assertAtItsLine(runs: number, service: string): Promise<void> {
    const uri = vscode.Uri.file(fileOf('pipeline.py'));
    const document = await vscode.workspace.openTextDocument(uri);
    const line = document.getText().split('\n').indexOf('def infer(latency_ms):') + 1;
    await waitUntil('the lens', async () =>
      (await lensTitles(uri)).some(
        (lens) => lens.line === line && lens.title.startsWith(`${runs} runs · storage avg 11.5 ms`),
      ),
    );
    await waitUntil('the service', async () => (await treeRows()).some((row) => row.includes(service)));
  }

  it('send nothing here before that is chosen', async function () {
    this.timeout(60_000);
    assert.equal(await runTask({ OTEL_EXPORTER_OTLP_TIMEOUT: '1' }), 0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(await lensTitles(vscode.Uri.file(fileOf('pipeline.py'))), []);
  });

  it('say what they will be given when it is chosen', async () => {
    void vscode.commands.executeCommand('whyspan.instrumentRuns');
    const said = await waitUntil('it says so', async () =>
      (await notifications()).find((text) => text.startsWith('What you start from now on by F5')),
    );
    assert.match(said, /OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/127\.0\.0\.1:\d+/);
    assert.match(said, /Written to the settings of this workspace/);
    await screenshot('instrumented');
    await vscode.commands.executeCommand('notifications.clearAll');
    const at = vscode.workspace.getConfiguration('whyspan').inspect('runs.instrument');
    assert.deepEqual([at?.workspaceValue, at?.globalValue], [true, undefined]);
  });

  it('show the spans of a task at their line', async function () {
    this.timeout(60_000);
    assert.equal(await runTask(), 0);
    await assertAtItsLine(4, folder.name);
  });

  it('leave tasks and terminals alone while a task of tasks.json says where its spans go', async function () {
    this.timeout(60_000);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'tasks.json');
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    const tasks = [{ label: 'own', type: 'shell', command: 'true', options: { env } }];
    const write = async (written: readonly object[]) => {
      await vscode.workspace.fs.writeFile(
        file,
        Buffer.from(JSON.stringify({ version: '2.0.0', tasks: written })),
      );
      await waitUntil('the tasks are read', () => {
        const read = vscode.workspace.getConfiguration('tasks').get<unknown[]>('tasks');
        return read?.length === written.length;
      });
    };
    await write(tasks);
    assert.equal(await runTask({ OTEL_EXPORTER_OTLP_TIMEOUT: '1' }), 0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(await lensTitles(vscode.Uri.file(fileOf('pipeline.py'))), []);
    await write([]);
    assert.equal(await runTask(), 0);
    await assertAtItsLine(4, folder.name);
  });

  it('show the spans of a program in a terminal, under the name that is set', async function () {
    this.timeout(60_000);
    await setSetting('whyspan.runs.serviceName', 'in-a-terminal');
    const terminal = vscode.window.createTerminal({ cwd: folder.uri });
    terminal.sendText(`"${python}" pipeline.py`);
    await assertAtItsLine(4, 'in-a-terminal');
    terminal.dispose();
    await setSetting('whyspan.runs.serviceName', undefined);
  });

  it('show the spans of a debug session', async function () {
    this.timeout(90_000);
    const NODE_PATH = path.join(process.env.WHYSPAN_ROOT ?? '', 'node_modules');
    const configuration = {
      ...{ type: 'node', request: 'launch', name: 'Debug' },
      ...{ program: fileOf('checkout.js'), env: { NODE_PATH } },
    };
    assert.ok(await vscode.debug.startDebugging(folder, configuration));
    await waitUntil('its service', async () => (await treeRows()).some((row) => row.includes('checkout')));
    await waitUntil('its inferences', async () =>
      (await treeRows()).some((row) => row.includes('prediction dog')),
    );
    await screenshot('debugged');
  });

  it('show the spans of a debug session whose program is told to speak gRPC', async function () {
    this.timeout(90_000);
    await vscode.commands.executeCommand('whyspan.copyExporterSettings');
    const said = await waitUntil('it says so', async () =>
      (await notifications()).find((text) => text.startsWith('Copied: OTEL')),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    if (!said.includes('Exporters that speak gRPC can send to http://127.0.0.1:4317.')) {
      console.log('port 4317 belongs to another program of this machine, so gRPC is not received');
      this.skip();
    }
    const NODE_PATH = path.join(process.env.WHYSPAN_ROOT ?? '', 'node_modules');
    const configuration = {
      ...{ type: 'node', request: 'launch', name: 'By gRPC', program: fileOf('checkout.js') },
      env: { NODE_PATH, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_SERVICE_NAME: 'by-grpc' },
    };
    assert.ok(await vscode.debug.startDebugging(folder, configuration));
    await waitUntil('its service', async () => (await treeRows()).some((row) => row.includes('by-grpc')));
  });

  it('leave a debug session alone whose envFile says where its spans go', async function () {
    this.timeout(60_000);
    const envFile = vscode.Uri.joinPath(folder.uri, '.env');
    const text = 'OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9\nOTEL_EXPORTER_OTLP_TIMEOUT=500\n';
    await vscode.workspace.fs.writeFile(envFile, Buffer.from(text));
    const NODE_PATH = path.join(process.env.WHYSPAN_ROOT ?? '', 'node_modules');
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.debug.onDidTerminateDebugSession(({ parentSession }) => {
        if (parentSession) return;
        listener.dispose();
        resolve();
      });
    });
    const program = fileOf('checkout.js');
    const env = { NODE_PATH, SHOWN: fileOf('shown.json') };
    const configuration = {
      ...{ type: 'node', request: 'launch', name: 'Elsewhere', program, env },
      console: 'integratedTerminal',
    };
    assert.ok(await vscode.debug.startDebugging(folder, { ...configuration, envFile: envFile.fsPath }));
    await ended;
    // Also in a terminal, which has our variables, the program sees its own only.
    const shown = await vscode.workspace.fs.readFile(vscode.Uri.file(env.SHOWN));
    assert.deepEqual(JSON.parse(Buffer.from(shown).toString()), {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    });
    assert.ok(!(await treeRows()).some((row) => row.includes('prediction dog')));
  });

  it('are left alone again when it is turned off', async function () {
    this.timeout(60_000);
    await vscode.commands.executeCommand('whyspan.instrumentRuns');
    await waitUntil('it says so', async () =>
      (await notifications()).some((text) =>
        text.startsWith('What you start from now on sends its spans where'),
      ),
    );
    assert.equal(await runTask({ OTEL_EXPORTER_OTLP_TIMEOUT: '1' }), 0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(await lensTitles(vscode.Uri.file(fileOf('pipeline.py'))), []);
  });
});
