import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findInferences } from '../../../../src/core/trace/findInferences';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { inferenceTooltip } from '../../../../src/features/explorer/inferenceTooltip';
import { type SpanDraft, traceId, traceOf } from '../../core/spanOf';
import { english as t } from './english';

function tooltipOf(drafts: readonly SpanDraft[]): readonly string[] {
  const [inference] = findInferences(traceOf(drafts), defaultInferenceDefinition);
  return inferenceTooltip(inference ?? assert.fail('no inference'), t).split('\n');
}

describe('the tooltip of an inference', () => {
  it('says where its time went, and that its latency is derived', () => {
    const lines = tooltipOf([
      { id: 1, name: 'ai_inference_pipeline', durationUs: 1000, attributes: { model_prediction: 'cat' } },
      { id: 2, parent: 1, name: 'load_features', startTimeUs: 100, durationUs: 600 },
      { id: 3, parent: 1, name: 'run_model', startTimeUs: 700, durationUs: 250 },
    ]);
    assert.deepEqual([lines[0], lines[1], lines[3]], ['ai_inference_pipeline', 'svc', 'Prediction: cat']);
    assert.equal(lines[4], 'Time: storage 60 % · model 25 % · application 15 %');
    assert.match(lines[5] ?? '', /^Derived: how long the trace waited for spans of storage/);
    assert.equal(lines[6], `Trace ${traceId(1)}`);
  });

  it('says what a language model took, gave and ended for, and what was thought of it', () => {
    const attributes = {
      ...{
        'gen_ai.operation.name': 'chat',
        'gen_ai.usage.input_tokens': 812,
        'gen_ai.usage.output_tokens': 64,
      },
      ...{ 'gen_ai.response.finish_reasons': '["stop"]', 'gen_ai.evaluation.score.value': 0.25 },
      'gen_ai.evaluation.name': 'Relevance',
    };
    const lines = tooltipOf([{ name: 'chat gpt-4o', durationUs: 10, attributes }]);
    assert.deepEqual(lines.slice(3, -1), [
      'Prediction: stop',
      'Time: model 100 %',
      'Tokens in: 812',
      'Tokens out: 64',
      'Finish reason: stop',
      'Evaluation Relevance: 0.25',
    ]);
  });
});
