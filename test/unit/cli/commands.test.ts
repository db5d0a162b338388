import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { writeTraceFile } from '../../../src/sources/traceFile/writeTraceFile';
import { type SpanDraft, traceOf } from '../core/spanOf';
import { whyspan } from './fakeIo';

const sample = (name: string) => fileURLToPath(new URL(`../../fixtures/jaeger/${name}`, import.meta.url));
const thrift = sample('thrift-traces.api.json');
const otlp = sample('otlp-trace.api-v3.json');

describe('whyspan and a file', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('lists traces, newest first', async () => {
    const { code, out, err } = await whyspan(['list', thrift]);
    assert.deepEqual([code, err], [0, '']);
    const lines = out.trimEnd().split('\n');
    assert.match(
      lines[0] ?? '',
      /^badfdcc76ce5e48b3cab682d358f1137 {2}\S+Z {2}15\.9 ms {2}1 span {2}ai_inference_pipeline {2}ai-inference$/,
    );
    assert.equal(lines.length, 2);
    assert.equal((await whyspan(['list', thrift, '--limit', '1'])).out, `${lines[0]}\n`);
  });

  it('lists inferences, for people and for programs', async () => {
    const { out } = await whyspan(['list', thrift, '--inferences']);
    assert.match(out, /storage 8\.57 ms {2}→ 0\.73 +ai-inference/);
    const { inferences } = JSON.parse((await whyspan(['list', thrift, '--inferences', '--json'])).out);
    assert.equal(inferences[0].storageLatencyMs, 8.56976199975179);
    const { traces } = JSON.parse((await whyspan(['list', thrift, '--json'])).out);
    assert.deepEqual(traces[1].services, ['ai-inference']);
  });

  it('finds inferences by the names that the user gives', async () => {
    const path = join(folder, 'own.json');
    const attributes = { wait_s: 0.25, label: 'dog' };
    await writeTraceFile(path, [traceOf([{ name: 'predict', attributes }])], 'jaeger');
    assert.equal((await whyspan(['list', path, '--inferences'])).code, 1);
    const names = ['--latency-attribute', 'wait_s', '--prediction-attribute', 'label', '--latency-unit', 's'];
    for (const args of [names, ['--span-name', 'predict', ...names.slice(0, 2), ...names.slice(4)]]) {
      const { out } = await whyspan(['list', path, '--inferences', ...args]);
      assert.match(out, /storage 250 ms/, args.join(' '));
    }
    assert.match((await whyspan(['list', path, '--inferences', ...names])).out, /→ dog/);
    const { traces } = JSON.parse((await whyspan(['list', path, '--json', ...names])).out);
    assert.equal(traces[0].inferenceCount, 1);
  });

  it('derives the latency from storage spans, says so, and what time was spent on', async () => {
    const path = join(folder, 'derived.json');
    const drafts: SpanDraft[] = [
      { id: 1, name: 'ai_inference_pipeline', durationUs: 1000 },
      { id: 2, parent: 1, name: 'load_features', startTimeUs: 100, durationUs: 700 },
    ];
    await writeTraceFile(path, [traceOf(drafts)], 'jaeger');
    assert.match((await whyspan(['list', path, '--inferences'])).out, /storage 700 µs \(derived\)/);
    const { inferences } = JSON.parse((await whyspan(['list', path, '--inferences', '--json'])).out);
    assert.equal(inferences[0].isLatencyDerived, true);
    assert.equal(inferences[0].timeSplitUs.storage, 700);
    assert.match((await whyspan(['show', '0000', path])).out, /2 spans {2}storage 70 % · application 30 %\n/);
  });

  it('shows a trace by the beginning of its id', async () => {
    const { code, out } = await whyspan(['show', 'badf', thrift]);
    assert.equal(code, 0);
    assert.match(out, /^badfdcc76ce5e48b3cab682d358f1137 {2}/);
    assert.match(out, /\n {2}ai_inference_pipeline {2}15\.9 ms \(self 15\.9 ms\) {2}ai-inference\n/);
    assert.match(out, /\n {6}storage_latency_ms = 8\.56976199975179\n/);
    const { traces } = JSON.parse((await whyspan(['show', 'badf', thrift, '--json'])).out);
    assert.equal(traces[0].spans[0].attributes.storage_latency_ms, 8.56976199975179);
  });

  it('says that there is nothing to show', async () => {
    assert.equal((await whyspan(['show', 'ffff', thrift])).code, 1);
    const empty = join(folder, 'empty.json');
    await writeFile(empty, '{"data":[]}');
    for (const args of [['list'], ['export'], ['import']]) {
      assert.equal((await whyspan([...args, empty])).code, 1, args[0]);
    }
    const twins = join(folder, 'twins.json');
    await writeTraceFile(twins, [traceOf([{}], 1), traceOf([{}], 2)], 'jaeger');
    const { code, err } = await whyspan(['show', '00', twins]);
    assert.equal(code, 1);
    assert.match(err, /2 traces begin with 00/);
  });

  it('converts', async () => {
    const target = join(folder, 'converted.json');
    const { code, err } = await whyspan(['export', otlp, '-o', target]);
    assert.deepEqual([code, err], [0, 'Wrote 1 trace, 6 spans.\n']);
    assert.ok(Array.isArray(JSON.parse(await readFile(target, 'utf8')).data));
    const { out } = await whyspan(['export', target, '--format', 'otlp']);
    assert.ok(Array.isArray(JSON.parse(out).resourceSpans));
    const failed = await whyspan(['export', otlp, '-o', join(folder, 'no', 'such', 'folder.json')]);
    assert.equal(failed.code, 5);
  });

  it('checks what it imports', async () => {
    assert.deepEqual(await whyspan(['import', otlp]), {
      code: 0,
      out: 'OTLP JSON: 1 trace, 6 spans\n',
      err: '',
    });
    const broken = join(folder, 'broken.json');
    const text = await readFile(thrift, 'utf8');
    await writeFile(broken, text.replace('"spanID":"8ca2cb6f0d6a03bd"', '"spanID":7'));
    const { code, out } = await whyspan(['import', broken]);
    assert.equal(code, 4);
    assert.match(
      out,
      /^Jaeger JSON: 1 trace, 1 span\nCould not be read.*:\n {2}a span has no spanID: badfdcc/,
    );
    const listed = await whyspan(['list', broken]);
    assert.equal(listed.code, 0);
    assert.match(listed.err, /a span has no spanID/);
  });

  it('says what is no trace file', async () => {
    for (const path of [join(folder, 'none.json'), folder, fileURLToPath(import.meta.url)]) {
      const { code, out, err } = await whyspan(['list', path]);
      assert.deepEqual([code, out], [4, '']);
      assert.match(err, /^whyspan: /);
    }
  });

  it('writes no control characters and no colours, whatever a trace holds', async () => {
    const hostile = 'a\u001b[2J\u0007\u009b31m\u202e\u2028z';
    const path = join(folder, 'hostile.json');
    const attributes = { [hostile]: hostile };
    const event = { name: hostile, timeUs: 1, attributes: new Map([[hostile, hostile]]) };
    const span = { name: hostile, service: hostile, statusMessage: hostile, status: 'error' as const };
    await writeTraceFile(path, [traceOf([{ ...span, attributes, events: [event] }])], 'otlp');
    for (const args of [
      ['list', path],
      ['show', '0', path],
      ['list', path, '--json'],
      ['show', '0', path, '--json'],
    ]) {
      const { out, err } = await whyspan(args);
      assert.doesNotMatch(out + err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/, args.join(' '));
      if (args.includes('--json')) assert.ok(JSON.stringify(JSON.parse(out)).includes('\u202e'));
    }
    const { out } = await whyspan(['show', '0', path], { hasColours: true });
    assert.equal(out.replace(/\u001b\[(1|2|31|0)m/g, '').includes('\u001b'), false);
  });
});
