import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import { lensTitles, treeRows } from '../../support/window';

const traceId = '0af7651916cd43dd8448eb211c80319c';

/** What a Jaeger with one service and one inference, which ended just now, answers. */
function answer(url: string): unknown {
  return { data: dataOf(url), total: 0, limit: 0, offset: 0, errors: null };
}

function dataOf(url: string): unknown {
  if (url.startsWith('/api/services')) return ['installed'];
  if (url.startsWith('/api/operations')) return [{ name: 'ai_inference_pipeline', spanKind: 'internal' }];
  const tags = [
    { key: 'storage_latency_ms', type: 'float64', value: 12.5 },
    { key: 'model_prediction', type: 'string', value: 'cat' },
  ];
  const span = {
    traceID: traceId,
    spanID: 'b7ad6b7169203331',
    operationName: 'ai_inference_pipeline',
    references: [],
    startTime: Date.now() * 1000 - 50_000,
    duration: 20_000,
    tags,
    logs: [],
    processID: 'p1',
    warnings: null,
  };
  return [{ traceID: traceId, spans: [span], processes: { p1: { serviceName: 'installed', tags: [] } } }];
}

describe('installed from its .vsix', () => {
  let server: Server;
  let extension: vscode.Extension<unknown>;

  before(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(request.url ?? '')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const found = vscode.extensions.getExtension('whyspan.whyspan');
    assert.ok(found, 'the extension is installed');
    extension = found;
    await extension.activate();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await vscode.workspace
      .getConfiguration('whyspan')
      .update('connections', [{ name: 'fake', url }], vscode.ConfigurationTarget.Global);
  });

  after(() => {
    server.close();
  });

  it('runs from where it was installed, without sources or packages', async () => {
    const files = await readdir(extension.extensionPath);
    assert.ok(!files.includes('src') && !files.includes('node_modules'), files.join(' '));
    const dist = await readdir(join(extension.extensionPath, 'dist'));
    assert.deepEqual(
      dist.filter((file) => file.endsWith('.map')),
      [],
    );
  });

  it('brings the licences of the packages that it is built from', async () => {
    const notices = await readFile(join(extension.extensionPath, 'dist', 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const name of [
      '@grpc/grpc-js',
      'axios',
      'chart.js',
      'pbf',
      'thrift',
      'web-tree-sitter',
      '@vscode/tree-sitter-wasm',
    ]) {
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'), name);
    }
  });

  it('has gRPC in a file of its own, of a size that is worth it', async () => {
    const dist = join(extension.extensionPath, 'dist');
    const { size } = await stat(join(dist, 'grpcSource.js'));
    assert.ok(size < 500_000, `${size} bytes`);
    for (const file of ['extension.js', 'receivers.js'])
      assert.doesNotMatch(await readFile(join(dist, file), 'utf8'), /grpc-status/, file);
  });

  it('brings the walkthrough’s pictures and its sample program', async () => {
    const [walkthrough] = extension.packageJSON.contributes.walkthroughs;
    const pictures: string[] = walkthrough.steps.map(({ media }: { media: { svg: string } }) => media.svg);
    for (const file of pictures)
      assert.ok((await stat(join(extension.extensionPath, file))).size > 500, file);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'sample.py');
    await vscode.commands.executeCommand('whyspan.createSample', uri);
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), /ai_inference_pipeline/);
    // Beside it, the workspace's own program would be one of two that open such spans.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  });

  it('asks Jaeger and shows the inference', async () => {
    await vscode.commands.executeCommand('whyspan.traces.focus');
    await waitUntil('the row', async () =>
      (await treeRows()).some((row) => /12\.5 ms, prediction cat/.test(row)),
    );
  });

  it('parses Python and puts a lens above the function', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'pipeline.py'));
    await vscode.window.showTextDocument(document);
    const lenses = await waitUntil('the lens', async () => {
      const found = await lensTitles(document.uri);
      return found.length > 0 && found;
    });
    assert.deepEqual(lenses, [
      { line: 6, title: '1 run · storage avg 12.5 ms · p95 12.5 ms · 4 % of threshold in 5m · cat: 100 %' },
    ]);
  });
});
