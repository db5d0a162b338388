import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tracesOf } from '../../src/core/columns/tracesOf';
import type { ProblemCount } from '../../src/core/decode/problemCount';
import type { Span } from '../../src/core/trace/span';
import { OtlpReceiver } from '../../src/sources/otlpReceiver/otlpReceiver';
import {
  ensureFixture,
  fixtureFolder,
  fixtureLanguages,
  runFixture,
} from '../../tools/fixtures/fixtureProgram.mjs';
import { inlineReceived } from '../support/inlineReceived';
import { keptOf, keptText } from '../support/languageFixtures/keptSpans';
import { need } from './realExporters';

/** Set to write down what the runs give, in place of what was kept. */
const isKeeping = process.env.WHYSPAN_KEEP_SPANS === '1';

describe('the fixture programs', function () {
  this.timeout(300_000);
  const spans: Span[] = [];
  const problems: ProblemCount[] = [];
  const receiver = new OtlpReceiver({
    windowId: 'fixtures',
    port: 0,
    decoder: inlineReceived,
    onBlocks: (got, bad) => {
      spans.push(...tracesOf(got).flatMap((trace) => trace.spans));
      problems.push(...bad);
    },
  });
  let endpoint = '';
  before(async () => {
    endpoint = `http://127.0.0.1:${(await receiver.start()).port}`;
  });
  after(() => receiver.dispose());

  for (const language of fixtureLanguages)
    it(`send what is kept of them: ${language}`, async function () {
      const program = need(this, await ensureFixture(language));
      spans.length = 0;
      assert.ok(await runFixture(language, program, endpoint), 'it ends well');
      assert.deepEqual(problems, []);
      const sent = keptText(keptOf(spans, fixtureFolder(language)));
      const file = path.join(fixtureFolder(language), 'spans.json');
      if (isKeeping) writeFileSync(file, sent);
      assert.equal(sent, readFileSync(file, 'utf8'));
    });
});
