import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { OpenedTraces } from '../../../../src/core/store/openedTraces';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import {
  fileRow,
  fileSubjects,
  problemCount,
  problemRow,
  traceRow,
} from '../../../../src/features/explorer/importedFile';
import { noFilter, type TraceFilter } from '../../../../src/features/explorer/model';
import { spanId, traceId, traceOf } from '../../core/spanOf';
import { importedFile } from '../../core/store/importedFile';
import { inferenceTrace } from '../../core/store/storeOf';
import { english } from './english';
import { assertShortLine, hostileTexts } from './hostile';

const opened = new OpenedTraces({ definition: defaultInferenceDefinition, maxBytes: 1e9 });
const problem = { what: 'a span has no spanID', where: 'trace 1' };
const failed = traceOf([{ name: 'load', service: 'files', startTimeUs: 50, status: 'error' }], 4);
const file = importedFile(opened, 'checkout', [
  inferenceTrace(1, 100, 5),
  inferenceTrace(2, 200, 400),
  traceOf([{ name: 'ping', startTimeUs: 40 }], 3),
  failed,
]);

const below = (filter: Partial<TraceFilter>) =>
  [...fileSubjects(file, { ...noFilter, ...filter }, 300)].map((subject) =>
    'traceId' in subject ? `${subject.kind} ${Number(subject.traceId)}` : subject.kind,
  );

describe('an imported file in the tree', () => {
  it('says how many traces it has, and how much of it could not be read', () => {
    assert.deepEqual(fileRow(file, english), {
      label: 'checkout.json',
      description: '4 traces',
      ariaLabel: 'Imported file checkout.json, 4 traces',
    });
    const one = importedFile(opened, 'a', [failed], { problems: [problem] });
    assert.equal(fileRow(one, english).description, '1 trace · 1 problem');
    const many = importedFile(opened, 'a', [failed], { problems: [problem], moreProblems: 500 });
    assert.equal(fileRow(many, english).description, '1 trace · 501 problems');
    assert.equal(problemCount(many), 501);
  });

  it('has its inferences below it, the newest first, then its other traces', () => {
    assert.deepEqual(below({}), ['inference 2', 'inference 1', 'trace 4', 'trace 3']);
    assert.deepEqual(fileSubjects(file, noFilter, 300).next().value, {
      kind: 'inference',
      traceId: traceId(2),
      spanId: spanId(2),
    });
  });

  it('has its problems first, whatever the filter', () => {
    const broken = importedFile(opened, 'a', [failed], { problems: [problem] });
    const filter = { ...noFilter, isSlowOnly: true };
    assert.deepEqual([...fileSubjects(broken, filter, 300)], [{ kind: 'problems' }]);
    assert.deepEqual(problemRow(broken, 0, english), {
      label: 'a span has no spanID',
      description: 'trace 1',
      ariaLabel: 'Problem: a span has no spanID trace 1',
    });
    assert.equal(problemRow(broken, 1, english), undefined);
  });

  it('is filtered as everything else is', () => {
    assert.deepEqual(below({ isSlowOnly: true }), ['inference 2']);
    assert.deepEqual(below({ isErrorsOnly: true }), ['trace 4']);
    assert.deepEqual(below({ text: 'PING' }), ['trace 3']);
    assert.deepEqual(below({ text: 'files' }), ['trace 4']);
    assert.deepEqual(below({ text: traceId(1) }), ['inference 1']);
  });

  it('shows a trace without an inference by its first span', () => {
    assert.deepEqual(traceRow(failed, english), {
      label: 'load',
      description: '0 µs · 1 span · error · files',
      ariaLabel: 'Trace load, 0 µs · 1 span · error · files',
    });
  });

  it('makes short lines of hostile names and problems', () => {
    for (const text of hostileTexts) {
      const hostile = importedFile(opened, 'a', [traceOf([{ name: text, service: text }])], {
        name: text,
        problems: [{ what: text, where: text }],
      });
      const rows = [fileRow(hostile, english), problemRow(hostile, 0, english), traceRow(failed, english)];
      for (const row of rows) for (const part of Object.values(row ?? {})) assertShortLine(part, 300);
    }
  });
});
