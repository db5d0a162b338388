import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import { importTool, lensTitles, lineEnds } from '../../support/window';

const execute = promisify(execFile);

type Exporter =
  | { readonly ok: true; readonly command: string; readonly args: readonly string[] }
  | { readonly ok: false; readonly missing: string; readonly hint: string };

const programs = [
  {
    language: 'Go',
    source: 'go/main.go',
    tool: 'goExporter.mjs',
    opens: 'func run(',
    latency: 'Float64("storage',
  },
  {
    ...{ language: 'Java', source: 'java/src/main/java/Send.java', tool: 'javaExporter.mjs' },
    ...{ opens: 'void main(', latency: 'setAttribute("storage' },
  },
];

/** Where this window receives, read from what a user would copy. */
async function endpoint(): Promise<string> {
  return waitUntil('it receives', async () => {
    await vscode.commands.executeCommand('whyspan.copyExporterSettings');
    return /OTLP_ENDPOINT=(\S+)/.exec(await vscode.env.clipboard.readText())?.[1];
  });
}

describe('real exporters of other languages', () => {
  for (const { language, source, tool, opens, latency } of programs)
    it(`bring their spans to the line of ${language}`, async function () {
      this.timeout(180_000);
      const module = await importTool<Record<string, () => Promise<Exporter>>>(`exporters/${tool}`);
      const exporter = await module[`ensure${language}Exporter`]?.();
      assert.ok(exporter);
      if (!exporter.ok) {
        assert.notEqual(process.env.CI, 'true', `${exporter.missing}: ${exporter.hint}`);
        this.skip();
      }
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, source));
      const editor = await vscode.window.showTextDocument(document);
      const at = document.positionAt(document.getText().indexOf(latency));
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
      await vscode.commands.executeCommand('whyspan.clear');
      const otel = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_METRICS_EXPORTER: 'none' };
      const env = { ...process.env, ...otel, OTEL_LOGS_EXPORTER: 'none' };
      await execute(exporter.command, [...exporter.args], {
        env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: await endpoint() },
        timeout: 60_000,
      });
      const line =
        document
          .getText()
          .split('\n')
          .findIndex((text) => text.includes(opens)) + 1;
      await waitUntil('the lens', async () =>
        (await lensTitles(document.uri)).some(
          (lens) => lens.line === line && /storage avg 12.5 ms/.test(lens.title),
        ),
      );
      await waitUntil('the line', async () =>
        (await lineEnds()).some(
          ({ line: text, text: end }) => text.includes(latency) && end.startsWith('12.5 ms'),
        ),
      );
    });
});
