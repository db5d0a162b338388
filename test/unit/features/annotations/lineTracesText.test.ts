import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lineTracesText } from '../../../../src/features/annotations/lineTracesText';
import { slowestPlaces, slowPlaceText } from '../../../../src/features/annotations/slowestLinesModel';
import { spanId, traceId, traceOf } from '../../core/spanOf';
import { inferenceName, storeOf } from '../../core/store/storeOf';
import { english as t } from '../explorer/english';
import { assertShortLine, hostileTexts } from '../explorer/hostile';
import { pipelineTrace } from './pipelineFile';

function listOf(traces: readonly ReturnType<typeof traceOf>[], name: string) {
  const { store } = storeOf();
  store.add(traces, 0);
  const keys = store
    .sites()
    .filter(({ spanName }) => spanName === name)
    .map(({ key }) => key);
  const found = store.summary(keys).newest.flatMap((sample) => {
    const trace = store.trace(sample.span.traceId);
    return trace ? [{ sample, trace }] : [];
  });
  return lineTracesText(found, keys, t);
}

describe('the list of the traces of a line', () => {
  it('has each trace with its spans as a tree, those of the line marked', () => {
    const { text, starts } = listOf([pipelineTrace(1, 80), pipelineTrace(2, 40)], 'load');
    const lines = text.split('\n');
    assert.deepEqual(starts, [0, 5]);
    assert.match(lines[0] ?? '', /^\S+.* {2}40 µs {2}svc {2}trace 00000000$/);
    assert.deepEqual(lines.slice(1, 5), [
      `  ${inferenceName}  100 µs`,
      '    load  40 µs  ◀ this line',
      '      check  5 µs',
      '',
    ]);
  });

  it('says latency and prediction of inferences', () => {
    assert.match(listOf([pipelineTrace(1, 80, 450)], inferenceName).text, /storage 450 ms {2}→ cat {2}svc/);
  });

  it('leads from each trace to the tree and from each span to its line', () => {
    const { text, links } = listOf([pipelineTrace(7, 80)], 'load');
    const lines = text.split('\n');
    const words = links.map(({ line, from, to }) => lines[line]?.slice(from, to));
    assert.deepEqual(words, ['trace 00000000', inferenceName, 'load', 'check']);
    assert.deepEqual(
      links.map(({ opens }) => opens),
      ['trace', 'line', 'line', 'line'],
    );
    assert.deepEqual(
      links.map((link) => link.spanId),
      [2, 1, 2, 3].map(spanId),
    );
    for (const link of links) assert.equal(link.traceId, traceId(7));
  });

  it('stays short of a trace with very many spans, and deep ones', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      id: i + 1,
      ...(i > 0 ? { parent: i } : {}),
      name: 'deep',
    }));
    const { text } = listOf([traceOf(many)], 'deep');
    assert.ok(text.includes('… and 440 more spans'));
    for (const line of text.split('\n')) assert.ok(line.length < 200);
  });

  it('keeps hostile names on their line', () => {
    for (const name of hostileTexts)
      for (const line of listOf([traceOf([{ name, service: name }])], name)
        .text.trim()
        .split('\n'))
        assertShortLine(line, 240);
  });
});

describe('the slowest places', () => {
  it('are those that traces wait for, then those that take longest', () => {
    const { store } = storeOf();
    store.add([pipelineTrace(1, 80), traceOf([{ name: 'nightly', durationUs: 9e6 }], 2)], 0);
    const keyOf = (name: string) => store.sites().find(({ spanName }) => spanName === name)?.key ?? '';
    const share = { timeUs: 1, example: { traceId: '', spanId: '' } };
    const shares = new Map([
      [keyOf('load'), { ...share, share: 0.7 }],
      [keyOf('check'), { ...share, share: 0.9 }],
    ]);
    const names = (most: number) => slowestPlaces(store, shares, most).map(({ site }) => site.spanName);
    assert.deepEqual(names(9), ['check', 'load', 'nightly', inferenceName]);
    assert.deepEqual(names(1), ['check']);
  });

  it('are said with their share, their times and their service', () => {
    const { store } = storeOf();
    store.add([pipelineTrace(1, 80, 450)], 0);
    const [place] = slowestPlaces(store, new Map(), 9);
    assert.ok(place);
    assert.deepEqual(slowPlaceText({ ...place, share: 0.25 }, t), {
      label: inferenceName,
      detail: '25 % of the critical path · avg 100 µs · p95 100 µs · storage avg 450 ms · svc',
    });
  });

  it('are short lines without icons, whatever they are called', () => {
    for (const name of [...hostileTexts, '$(bug)'.repeat(50)]) {
      const { store } = storeOf();
      store.add([traceOf([{ name, service: name }])], 0);
      for (const place of slowestPlaces(store, new Map(), 9)) {
        const { label, detail } = slowPlaceText(place, t);
        assertShortLine(label, 120);
        assertShortLine(detail, 220);
        assert.doesNotMatch(label + detail, /\$\(/);
      }
    }
  });
});
