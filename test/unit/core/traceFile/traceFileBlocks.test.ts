import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpanBlock } from '../../../../src/core/columns/spanBlock';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { jaegerJsonText } from '../../../../src/core/traceFile/encodeJaegerJson';
import { TraceFileBlocks } from '../../../../src/core/traceFile/traceFileBlocks';
import { plainTrace } from '../columns/plain';
import { jaegerSampleText } from '../jaegerSample';
import { traceOf } from '../spanOf';
import { decodedFile } from './decoded';

function blocksOf(text: string) {
  const blocks: SpanBlock[] = [];
  const decoder = new TraceFileBlocks((block) => blocks.push(block));
  decoder.push(new TextEncoder().encode(text));
  return { contents: decoder.end(), blocks };
}

describe('TraceFileBlocks', () => {
  it('hands over what the decoder of files reads, in both formats', () => {
    for (const name of ['thrift-traces.api.json', 'otlp-trace.api-v3.json'] as const) {
      const text = jaegerSampleText(name);
      const { contents, blocks } = blocksOf(text);
      const { traces, ...expected } = decodedFile(text);
      assert.deepEqual(contents, expected);
      assert.deepEqual(tracesOf(blocks).map(plainTrace), traces.map(plainTrace));
    }
  });

  it('hands over blocks as they fill, whole traces each', () => {
    const large = Array.from({ length: 5000 }, (_, id) => ({ id }));
    const text = [...jaegerJsonText([1, 2, 3].map((id) => traceOf(large, id)))].join('');
    const { blocks } = blocksOf(text);
    assert.deepEqual(
      blocks.map(({ traces, spans }) => [traces.id.length, spans.id.length]),
      [
        [2, 10_000],
        [1, 5000],
      ],
    );
  });

  it('hands nothing over of a file without traces, and says what is wrong with it', () => {
    const { contents, blocks } = blocksOf('{"some":"thing"}');
    assert.deepEqual(blocks, []);
    assert.deepEqual(contents, {
      format: undefined,
      moreProblems: 0,
      problems: [{ what: 'JSON that holds no traces that we know', where: 'document 1' }],
    });
  });
});
