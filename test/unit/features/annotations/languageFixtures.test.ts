import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, describe, it } from 'mocha';
import { TreeSitterCallSites } from '../../../../src/sources/parser/treeSitter';
import { fixtureFolder, fixtureLanguages } from '../../../../tools/fixtures/fixtureProgram.mjs';
import { annotatedPlaces } from '../../../support/languageFixtures/annotatedPlaces';
import { expectationsIn } from '../../../support/languageFixtures/expectations';
import { type FixtureFile, fixtureFiles } from '../../../support/languageFixtures/fixtureFiles';
import { type KeptSpan, traceOfKept } from '../../../support/languageFixtures/keptSpans';
import { precisionOf, recallOf, type Score, scoreOf, sumOf } from '../../../support/languageFixtures/score';
import { scoreTable, withTable } from '../../../support/languageFixtures/scoreTable';
import { wasmFile } from '../../sources/parser/sitesOf';

const parser = new TreeSitterCallSites(wasmFile);
const leastPrecision = 0.98;
const leastRecall = 0.95;
const readme = fileURLToPath(new URL('../../../fixtures/README.md', import.meta.url));

/** Of a program that says at which of its lines something has to stand, and of the spans that were kept of a real run of it. */
interface Fixture {
  readonly files: readonly FixtureFile[];
  readonly kept: readonly KeptSpan[];
  readonly score: Score;
}

/** All programs are in one workspace, so that each could be mistaken for another. */
async function measure(): Promise<ReadonlyMap<string, Fixture>> {
  const fixtures = fixtureLanguages.map((language) => {
    const folder = fixtureFolder(language);
    const kept = JSON.parse(readFileSync(path.join(folder, 'spans.json'), 'utf8')) as KeptSpan[];
    return { language, kept, files: fixtureFiles(language, path.dirname(folder)) };
  });
  const drawn = await annotatedPlaces(
    fixtures.flatMap(({ files }) => files),
    fixtures.map(({ kept }, i) => traceOfKept(kept, i)),
    {
      sites: ({ language, text }) => parser.find(language, text),
      calls: ({ language, text }) => parser.calls(language, text),
    },
  );
  return new Map(
    fixtures.map(({ language, kept, files }) => {
      const expectations = files.flatMap((file) => file.expectations);
      const own = new Set([...drawn].filter((place) => place.startsWith(`${language}/`)));
      return [language, { files, kept, score: scoreOf(expectations, own) }];
    }),
  );
}

describe('on the fixture programs', function () {
  this.timeout(60_000);
  let fixtures: ReadonlyMap<string, Fixture>;
  before(async () => {
    fixtures = await measure();
  });
  const fixtureOf = (language: string) => fixtures.get(language) ?? assert.fail(language);

  for (const language of fixtureLanguages) {
    it(`each line has what it expects, and no line has more: ${language}`, () => {
      const { score } = fixtureOf(language);
      assert.deepEqual({ wrong: score.wrong, missing: score.missing }, { wrong: [], missing: [] });
      assert.ok(precisionOf(score) >= leastPrecision, `precision ${precisionOf(score)}`);
      assert.ok(recallOf(score) >= leastRecall, `recall ${recallOf(score)}`);
    });

    it(`what is known not to be right has a reason, and is still so: ${language}`, () => {
      const { files, score } = fixtureOf(language);
      const known = files
        .flatMap(({ expectations }) => expectations)
        .filter(({ state }) => state !== 'expect');
      assert.deepEqual(
        known.filter(({ reason }) => reason === ''),
        [],
      );
      assert.deepEqual(score.mended, [], 'mark it as expected');
    });

    it(`each span that is expected was sent, and a span that no line expects, too: ${language}`, () => {
      const { files, kept } = fixtureOf(language);
      const sent = new Set(kept.map(({ name }) => name));
      const spans = files
        .flatMap(({ expectations }) => expectations)
        .filter(({ kind }) => kind !== 'attribute');
      assert.deepEqual(
        spans.filter(({ name }) => !sent.has(name)),
        [],
      );
      const claimed = new Set(spans.filter(({ kind }) => kind !== 'choice').map(({ name }) => name));
      assert.ok([...sent].filter((name) => !claimed.has(name)).length > 1, 'decoys');
    });
  }

  it('a line that has nothing, and one that has too much, is counted', () => {
    const lines = ['a(); // expect: lens "a"; span "b"', 'c(); // known missing: span "c"; why', 'd();'];
    const score = scoreOf(expectationsIn('x', lines.join('\n')), new Set(['x:1 lens a', 'x:3 lens a']));
    assert.deepEqual(
      [score.wrong, score.missing, precisionOf(score), recallOf(score)],
      [['x:3 lens a'], ['x:1 span b'], 1 / 2, 1 / 3],
    );
  });

  it('a marker that cannot be read is no marker that expects nothing', () => {
    for (const marker of [
      'expect: lens a',
      'expect: line "a"',
      'known wrong: lens "a"',
      'expect: lens "a", span "b"',
    ])
      assert.throws(() => expectationsIn('x', `f(); // ${marker}`), /x:1 cannot be read/);
  });

  it('the README says what was measured', () => {
    const scores = [...fixtures].map(([language, { score }]) => [language, score] as const);
    const all = ['all', sumOf(scores.map(([, score]) => score))] as const;
    const before = readFileSync(readme, 'utf8');
    const after = withTable(before, scoreTable([...scores, all]));
    if (process.env.WHYSPAN_WRITE_TABLE === '1') writeFileSync(readme, after);
    assert.equal(readFileSync(readme, 'utf8'), after);
  });
});
