import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { annotate, type FileAnnotations } from '../../../../src/features/annotations/model';
import { functionMatch, spanMatch, writeMatch } from '../../core/mapping/captures';
import { spanId, traceOf } from '../../core/spanOf';
import { inferenceName, inferenceTrace, storeOf } from '../../core/store/storeOf';
import { annotatedFile } from './annotatedFile';

const { latencyAttribute, predictionAttribute } = defaultInferenceDefinition;
const matches = [
  functionMatch('run', 10, 20),
  spanMatch(12, { name: inferenceName }),
  writeMatch(14, 17, { key: latencyAttribute }),
  writeMatch(18, 18, { key: predictionAttribute }),
  writeMatch(19, 19, { key: 'other' }),
  functionMatch('read', 30, 40),
  spanMatch(31, { name: 'read_image' }),
];

const fileOf = (extra: typeof matches = []) => annotatedFile([...matches, ...extra]);
const summary = ({ functions, writes }: FileAnnotations) => ({
  functions: functions.map((each) => [
    each.line,
    ...each.summary.newest.map(({ span }) => Number(span.spanId)),
  ]),
  writes: writes.map((write) => [write.startLine, write.line, write.signal, write.summary.inferences]),
});

const nothing = { functions: [], writes: [], ambiguous: [] };

describe('annotate', () => {
  it('draws nothing without traces, nor on a file that they do not come from', () => {
    const { store } = storeOf();
    assert.deepEqual(annotate(fileOf(), store, defaultInferenceDefinition), nothing);
    store.add([traceOf([{ name: 'elsewhere' }])], 0);
    assert.deepEqual(annotate(fileOf(), store, defaultInferenceDefinition), nothing);
  });

  it('puts a lens on the line of each function, and text at the end of each line that sets one of the two', () => {
    const { store } = storeOf();
    const read = traceOf([{ name: 'read_image', id: 9 }], 9);
    store.add([inferenceTrace(1, 100, 5), inferenceTrace(2, 200, 6), read], 0);
    assert.deepEqual(summary(annotate(fileOf(), store, defaultInferenceDefinition)), {
      functions: [
        [10, 2, 1],
        [30, 9],
      ],
      writes: [
        [14, 17, 'latency', 2],
        [18, 18, 'prediction', 2],
      ],
    });
  });

  it('orders the samples of several services of one function by time', () => {
    const { store } = storeOf();
    const traces = [1, 2, 3, 4].map((id) =>
      inferenceTrace(id, id * 100, 5, { service: id % 2 ? 'odd' : 'even' }),
    );
    store.add(traces, 0);
    assert.deepEqual(summary(annotate(fileOf(), store, defaultInferenceDefinition)).functions, [
      [10, 4, 3, 2, 1],
    ]);
  });

  it('gives a line in a helper the inferences of the only function of the file that has any', () => {
    const { store } = storeOf();
    store.add([inferenceTrace(1, 100, 5)], 0);
    const helper = [functionMatch('note', 50, 52), writeMatch(51, 51, { key: latencyAttribute })];
    assert.deepEqual(summary(annotate(fileOf(helper), store, defaultInferenceDefinition)).writes.at(-1), [
      51,
      51,
      'latency',
      1,
    ]);
  });

  it('draws nothing on a line in a helper that several functions may have called', () => {
    const { store } = storeOf();
    const second = { name: 'second', attributes: { [predictionAttribute]: 'cat' } };
    store.add([inferenceTrace(1, 100, 5), inferenceTrace(2, 100, 5, second)], 0);
    const extra = [
      functionMatch('note', 50, 52),
      writeMatch(51, 51, { key: latencyAttribute }),
      functionMatch('other', 60, 70),
      spanMatch(61, { name: 'second' }),
    ];
    const { functions, writes } = summary(annotate(fileOf(extra), store, defaultInferenceDefinition));
    assert.deepEqual(functions, [
      [10, 1],
      [60, 2],
    ]);
    assert.deepEqual(
      writes.map(([line]) => line),
      [14, 18],
    );
  });

  it('draws nothing on functions that open the same span, but tells of them', () => {
    const { store } = storeOf();
    store.add([traceOf([{ name: 'twice' }])], 0);
    const extra = [
      functionMatch('one', 50, 52),
      spanMatch(51, { name: 'twice' }),
      functionMatch('other', 60, 70),
      spanMatch(61, { name: 'twice' }),
    ];
    const { functions, ambiguous } = annotate(fileOf(extra), store, defaultInferenceDefinition);
    assert.deepEqual(functions, []);
    assert.deepEqual(
      ambiguous.map(({ line, places }) => [line, places]),
      [
        [50, 2],
        [60, 2],
      ],
    );
  });

  it('keeps only inferences at the lines that set the two', () => {
    const { store } = storeOf();
    const extra = [spanMatch(13, { name: 'within' })];
    store.add([inferenceTrace(1, 100, 5), traceOf([{ name: 'within', id: 7, startTimeUs: 500 }], 7)], 0);
    const annotations = annotate(fileOf(extra), store, defaultInferenceDefinition);
    assert.deepEqual(
      annotations.functions[0]?.summary.newest.map(({ span }) => span.spanId),
      [spanId(7), spanId(1)],
    );
    assert.deepEqual(
      annotations.writes.map(({ summary: { inferences } }) => inferences),
      [1, 1],
    );
  });
});
