import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type HoverInput,
  hoverMarkdown,
  slowestSample,
} from '../../../../src/features/annotations/hoverMarkdown';
import { english as t } from '../explorer/english';
import { anyText, hostileTexts } from '../explorer/hostile';
import { plainSampleOf, sampleOf, summaryOf } from './sampleOf';

const at = { uri: 'file:///p/a%20(1).py', line: 12 };
const place = (spanName: string, share: number) => ({
  ...{ spanName, share, timeUs: 5 },
  example: { traceId: 'ab', spanId: 'cd' },
});
const say = (input: Partial<HoverInput>) =>
  hoverMarkdown(
    {
      summary: summaryOf([]),
      ...{ at, fileName: undefined, share: undefined, traceCount: 200, places: [], picture: undefined },
      foundBy: '',
      ...input,
    },
    t,
  );
const links = (markdown: string) =>
  [...markdown.matchAll(/\]\(command:([\w.]+)(?:\?([^)]*))?\)/g)].map(([, command, query]) => [
    command,
    query === undefined ? undefined : JSON.parse(decodeURIComponent(query)),
  ]);
const inferences = [40, 450, 60].map((latency, i) =>
  sampleOf({ latency, prediction: 'cat', endUs: 1000 * (i + 1) }),
);

describe('the hover of a line', () => {
  it('says the numbers of inferences, their share of the critical path, and the newest of them', () => {
    const text = say({ summary: summaryOf(inferences), share: 0.714 });
    assert.match(
      text,
      /^\*\*Storage latency\*\* 3 inferences · avg 183 ms · p50 60 ms · p95 411 ms · max 450 ms\n/,
    );
    assert.match(text, /71 % of the critical path of the newest 200 traces/);
    assert.equal(text.match(/^\| .* ms \| &nbsp; cat &nbsp; \| \[trace\]/gm)?.length, 3);
  });

  it('says the durations of spans that are no inferences, and of how many it is', () => {
    const text = say({ summary: summaryOf([2000, 4000].map((durationUs) => plainSampleOf({ durationUs }))) });
    assert.match(text, /^\*\*Duration\*\* 2 runs · avg 3 ms · p50 3 ms · p95 3.9 ms · max 4 ms\n/);
    assert.match(text, /\| 4 ms \|/);
  });

  it('says what the time was spent on, and of a latency that was derived what that means', () => {
    const read = plainSampleOf({ name: 'GET', durationUs: 1000, attributes: { 'db.system': 'redis' } });
    const text = say({ summary: { ...summaryOf([read]), isLatencyDerived: true } });
    assert.match(text, /\*\*Time\*\* storage 100 % · of 1 of the newest traces/);
    assert.match(text, /Derived: how long the trace waited for spans of storage\./);
    assert.doesNotMatch(say({ summary: summaryOf(inferences) }), /Time|Derived/);
  });

  it('says at its end how the line was found', () => {
    const foundBy = 'found by the name of the span';
    assert.match(say({ summary: summaryOf(inferences), foundBy }), /\n\n_found by the name of the span_$/);
  });

  it('leads to the traces of the line, the slowest one, and the chart', () => {
    const summary = summaryOf(inferences);
    const found = links(say({ summary })).slice(-4);
    const { traceId, spanId } = slowestSample(summary)?.span ?? {};
    assert.equal(Number(traceId), 2);
    assert.deepEqual(found, [
      ['whyspan.peekLineTraces', at],
      ['whyspan.showLineTraces', at],
      ['whyspan.revealTrace', { traceId, spanId }],
      ['whyspan.showChart', undefined],
    ]);
  });

  it('leads from where the time goes to the lines of these spans', () => {
    const text = say({ summary: summaryOf(inferences), places: [place('load', 0.7), place('model', 0.2)] });
    assert.match(
      text,
      /Where the time goes: \[load\]\(command:whyspan\.goToCode\?\S+\) 70 % · \[model\]\(\S+\) 20 %/,
    );
    assert.ok(!say({ summary: summaryOf(inferences), places: [place('load', 1)] }).includes('Where'));
  });

  it('shows a picture, with words for who does not see it', () => {
    const text = say({
      summary: summaryOf(inferences),
      picture: { svgBase64: 'PHN2Zz4=', words: '3 values (max 450 ms)' },
    });
    assert.match(text, /!\[3 values &#40;max 450 ms&#41;\]\(data:image\/svg\+xml;base64,PHN2Zz4=\)/);
  });

  it('says of which file imported traces are, which the chart does not have', () => {
    const text = say({ summary: summaryOf(inferences), fileName: 'a*b*.json' });
    assert.match(text, /From the imported file a&#42;b&#42;&#46;json$/);
    assert.ok(!text.includes('showChart'));
  });

  it('has no link, picture or formatting that a trace wrote', () => {
    const known = /^whyspan\.(peekLineTraces|showLineTraces|revealTrace|showChart|goToCode)$/;
    const check = (text: string) => {
      const summary = summaryOf([sampleOf({ latency: 1, prediction: text })]);
      const places = [place(text, 0.5), place('model', 0.2)];
      const markdown = say({ summary, places, fileName: text });
      for (const [command] of links(markdown)) assert.match(String(command), known);
      const rest = markdown.replace(/\[[^\]]*\]\(command:[^)]*\)/g, '').replace(/^\|---.*$/m, '');
      assert.doesNotMatch(rest, /\]\(|<|!\[|\]:/);
      // Each row of the table stays one.
      for (const row of markdown.split('\n').filter((line) => line.startsWith('|')))
        assert.equal(row.match(/\|/g)?.length, 5, row);
    };
    for (const text of hostileTexts) check(text);
    fc.assert(fc.property(anyText, check), { numRuns: 50 });
  });
});
