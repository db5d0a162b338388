import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commands } from '../../../src/platform/contributions';
import type { Expectation } from '../../support/languageFixtures/expectations';
import { type FixtureFile, fixtureFiles } from '../../support/languageFixtures/fixtureFiles';
import { waitUntil } from '../../support/waitUntil';
import {
  hover,
  importTool,
  lineEnds,
  notifications,
  press,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  textsOf,
} from '../../support/window';

type Program =
  | { readonly ok: true; readonly command: string; readonly args: readonly string[] }
  | { readonly ok: false; readonly missing: string; readonly hint: string };

interface Programs {
  readonly fixtureLanguages: readonly string[];
  ensureFixture(language: string): Promise<Program>;
  runFixture(language: string, program: Program, endpoint: string): Promise<boolean>;
}

const languagesFolder = path.join(process.env.WHYSPAN_ROOT ?? '', 'test/fixtures/languages');
const languages = ['python', 'javascript', 'typescript', 'go', 'java', 'rust'];
const minutes = (count: number) => count * 60_000;

/** The names of what lines expect, by line, of what is there now: what is known to be missing is not, what is known to be wrong is. */
function expectedAt(file: FixtureFile, kind: Expectation['kind']): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const each of file.expectations)
    if (each.kind === kind && each.state !== 'known missing')
      found.set(each.line, [...(found.get(each.line) ?? []), each.name]);
  return found;
}

const uriOf = ({ file }: FixtureFile): vscode.Uri => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, file);
};

/** Lenses as they stand in a document: lines, and what they do. */
async function lensesOf(uri: vscode.Uri) {
  const lenses =
    (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 500)) ??
    [];
  return lenses.map(({ range, command }) => ({
    line: range.start.line + 1,
    command: command?.command,
  }));
}

/** The newest span that the hover of a line leads to. */
async function spanAt(uri: vscode.Uri, line: number): Promise<unknown> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = new vscode.Position(line - 1, document.lineAt(line - 1).firstNonWhitespaceCharacterIndex);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  const texts = hovers
    .flatMap(({ contents }) => contents)
    .map((each) => (typeof each === 'string' ? each : each.value));
  const link = /\(command:whyspan\.revealTrace\?([^)]+)\)/.exec(texts.join('\n'))?.[1];
  return link === undefined ? undefined : JSON.parse(decodeURIComponent(link));
}

describe('programs in six languages', () => {
  let programs: Programs;
  let endpoint = '';

  before(async function () {
    this.timeout(60_000);
    await setViewport(1400, 2400);
    programs = await importTool<Programs>('fixtures/fixtureProgram.mjs');
    assert.deepEqual(programs.fixtureLanguages, languages);
    endpoint = await waitUntil('the receiver', async () => {
      await vscode.commands.executeCommand(commands.copyExporterSettings);
      return /OTLP_ENDPOINT=(\S+)/.exec(await vscode.env.clipboard.readText())?.[1];
    });
    await vscode.commands.executeCommand('notifications.clearAll');
    await setSetting('whyspan.alert.window', '1h');
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const language of languages)
    describe(language, () => {
      const files = fixtureFiles(language, languagesFolder);

      before(async function () {
        this.timeout(minutes(5));
        const program = await programs.ensureFixture(language);
        if (!program.ok) {
          const reason = `${program.missing}: ${program.hint}`;
          if (process.env.CI === 'true') throw new Error(reason);
          console.log(`    skipped, ${reason}`);
          this.skip();
        }
        assert.ok(await programs.runFixture(language, program, endpoint));
      });

      for (const file of files)
        it(`is drawn as its lines expect: ${file.file}`, async function () {
          this.timeout(60_000);
          const uri = uriOf(file);
          await vscode.window.showTextDocument(uri);
          const lensLines = [...expectedAt(file, 'lens').keys(), ...expectedAt(file, 'choice').keys()].sort(
            (a, b) => a - b,
          );
          await waitUntil(`lenses at ${lensLines}`, async () => {
            const lenses = (await lensesOf(uri)).sort((a, b) => a.line - b.line);
            assert.deepEqual(
              lenses.map(({ line }) => line),
              lensLines,
            );
            const asking = lenses
              .filter(({ command }) => command === commands.chooseLine)
              .map(({ line }) => line);
            assert.deepEqual(asking, [...expectedAt(file, 'choice').keys()]);
            return true;
          });
          const ends = [...expectedAt(file, 'attribute')].map(([line, names]) => ({
            line: (file.text.split('\n')[line - 1] ?? '').trim(),
            isStorage: names.includes('storage_latency_ms'),
          }));
          await waitUntil(`the ends of ${ends.length} lines`, async () => {
            const drawn = (await lineEnds()).map(({ line, text }) => ({
              line,
              isStorage: / ms\b/.test(text),
            }));
            assert.deepEqual(
              drawn.filter(({ isStorage }) => isStorage).map(({ line }) => line),
              ends.filter(({ isStorage }) => isStorage).map(({ line }) => line),
            );
            assert.deepEqual(new Set(drawn.map(({ line }) => line)), new Set(ends.map(({ line }) => line)));
            return true;
          });
        });

      it('leads from its spans to their lines', async function () {
        this.timeout(minutes(1));
        let followed = 0;
        for (const file of files) {
          const uri = uriOf(file);
          const lenses = expectedAt(file, 'lens');
          const spans = [...expectedAt(file, 'span')];
          for (const { line } of await lensesOf(uri)) {
            const span = await spanAt(uri, line);
            if (!span) continue;
            await vscode.commands.executeCommand(commands.goToCode, span);
            const editor = vscode.window.activeTextEditor;
            assert.equal(editor?.document.uri.toString(), uri.toString());
            const names = lenses.get(line) ?? [];
            const lines = spans
              .filter(([, opened]) => opened.some((name) => names.includes(name)))
              .map(([at]) => at);
            assert.ok(
              lines.includes((editor?.selection.active.line ?? -1) + 1),
              `${file.file}:${line} ${names}`,
            );
            followed++;
          }
        }
        assert.ok(followed > 5, `${followed} spans`);
      });

      it('tells the last inferences where a line is pointed at', async function () {
        this.timeout(60_000);
        const file = files.find((each) => expectedAt(each, 'attribute').size > 0) ?? assert.fail();
        const editor = await vscode.window.showTextDocument(uriOf(file));
        editor.revealRange(new vscode.Range(0, 0, 0, 0));
        await waitUntil('the end of a line', async () => (await lineEnds()).length > 0);
        await waitUntil('the hover', async () => {
          await press('Escape');
          await hover(
            '.editor-instance .view-line:has(span[class*="ced-"]) > span > span:nth-child(n+2):not(:empty)',
          );
          await new Promise((resolve) => setTimeout(resolve, 700));
          return (await textsOf('.monaco-hover')).some(
            (text) => /Storage latency/.test(text) && /trace/.test(text),
          );
        });
        await screenshot(language);
      });
    });

  describe('in all themes', () => {
    it('look like this', async function () {
      this.timeout(minutes(1));
      await press('Escape');
      await setViewport(1400, 1000);
      const files = fixtureFiles('rust', languagesFolder);
      const file = files.find(({ file }) => file.endsWith('search.rs')) ?? assert.fail();
      await vscode.window.showTextDocument(uriOf(file));
      await screenshotsInAllThemes('rust');
      assert.deepEqual(
        (await notifications()).filter((text) => text.includes('failed')),
        [],
      );
    });
  });
});
