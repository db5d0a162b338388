import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { answerLabel } from '../../../../src/core/genai/answerLabel';
import { evaluationsOf } from '../../../../src/core/genai/evaluations';
import { finishReason } from '../../../../src/core/genai/finishReason';
import { messageText } from '../../../../src/core/genai/messageText';
import { tokenUsage } from '../../../../src/core/genai/tokenUsage';
import type { AttributeValue, SpanEvent } from '../../../../src/core/trace/span';

type Values = Readonly<Record<string, AttributeValue>>;
const facts = (
  attributes: Values,
  events: readonly (readonly [name: string, attributes: Values])[] = [],
) => ({
  attribute: (key: string) => attributes[key],
  events: events.map(
    ([name, of]): SpanEvent => ({ name, timeUs: 0, attributes: new Map(Object.entries(of)) }),
  ),
});

const outputMessages = JSON.stringify([
  { role: 'assistant', parts: [{ type: 'text', content: 'It is a cat.' }], finish_reason: 'stop' },
]);
const toolCall = JSON.stringify([
  {
    role: 'assistant',
    parts: [{ type: 'tool_call', name: 'get_weather', arguments: { content: 'Paris' } }],
    finish_reason: 'tool_call',
  },
]);

describe('what a language model predicted', () => {
  const answers: Readonly<Record<string, ReturnType<typeof facts>>> = {
    'OpenTelemetry’s messages': facts({ 'gen_ai.output.messages': outputMessages }),
    'messages in the event of today': facts({}, [
      ['gen_ai.client.inference.operation.details', { 'gen_ai.output.messages': outputMessages }],
    ]),
    'the choice of older conventions': facts({}, [
      ['gen_ai.choice', { finish_reason: 'stop', message: '{"role":"assistant","content":"It is a cat."}' }],
    ]),
    'the completion of still older ones': facts({}, [
      [
        'gen_ai.content.completion',
        { 'gen_ai.completion': '[{"role":"assistant","content":"It is a cat."}]' },
      ],
    ]),
    OpenLLMetry: facts({
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'It is a cat.',
    }),
    OpenInference: facts({ 'llm.output_messages.0.message.content': 'It is a cat.', 'output.value': '{}' }),
    'OpenInference’s output, OpenAI’s answer': facts({
      'output.value':
        '{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"It is a cat."}}]}',
    }),
    'Anthropic’s answer': facts({
      'output.value':
        '{"type":"message","role":"assistant","content":[{"type":"text","text":"It is a cat."}]}',
    }),
    'OpenAI’s newer answer, which thought first': facts({
      'output.value':
        '{"output":[{"type":"reasoning","content":[]},{"type":"message","content":[{"type":"output_text","text":"It is a cat."}]}]}',
    }),
    'Google’s answer': facts({
      'output.value': '{"candidates":[{"content":{"parts":[{"text":"It is a cat."}]}}]}',
    }),
  };
  for (const [what, answer] of Object.entries(answers))
    it(`is the text of ${what}`, () => assert.equal(answerLabel(answer), 'It is a cat.'));

  it('is the text before the evaluation, and that before why it ended', () => {
    const all = {
      'gen_ai.output.messages': outputMessages,
      'gen_ai.evaluation.score.label': 'relevant',
      'gen_ai.response.finish_reasons': '["stop"]',
    };
    assert.equal(answerLabel(facts(all)), 'It is a cat.');
    const { 'gen_ai.output.messages': _, ...without } = all;
    assert.equal(answerLabel(facts(without)), 'relevant');
    assert.equal(answerLabel(facts({ 'gen_ai.response.finish_reasons': '["stop","stop"]' })), 'stop');
    assert.equal(answerLabel(facts({ 'gen_ai.usage.output_tokens': 5 })), undefined);
  });

  it('is not what is written in the call of a tool', () => {
    const call = facts({
      'gen_ai.output.messages': toolCall,
      'gen_ai.response.finish_reasons': '["tool_calls"]',
    });
    assert.equal(answerLabel(call), 'tool_calls');
  });

  it('is the JSON that a model was asked to answer with, as it is', () => {
    assert.equal(answerLabel(facts({ 'output.value': '{"label":"spam"}' })), '{"label":"spam"}');
  });

  it('is the beginning of a long answer, also of one that was cut and is no JSON any more', () => {
    const long = JSON.stringify([{ role: 'assistant', content: `It is "a" cat${'!'.repeat(100_000)}` }]);
    for (const value of [long, long.slice(0, 300)])
      assert.match(messageText(value) ?? '', /^It is "a" cat!!!/);
  });

  it('can be asked whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => json.slice(1)),
        ),
        (value) => {
          const text = messageText(value);
          assert.ok(text === undefined || text !== '');
        },
      ),
    );
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    assert.doesNotThrow(() => messageText(deep));
  });
});

describe('what else a language model says', () => {
  it('is why it ended, as an array, a text, or in its choice', () => {
    assert.equal(
      finishReason(facts({ 'gen_ai.response.finish_reasons': '["stop","length"]' })),
      'stop, length',
    );
    assert.equal(finishReason(facts({ 'gen_ai.completion.0.finish_reason': 'length' })), 'length');
    assert.equal(finishReason(facts({}, [['gen_ai.choice', { finish_reason: 'stop' }]])), 'stop');
    assert.equal(finishReason(facts({})), undefined);
  });

  it('are its evaluations, on the span and in events, with a score, a label or both', () => {
    const found = evaluationsOf(
      facts({ 'gen_ai.evaluation.name': 'Relevance', 'gen_ai.evaluation.score.value': 0.25 }, [
        [
          'gen_ai.evaluation.result',
          { 'gen_ai.evaluation.name': 'Tone', 'gen_ai.evaluation.score.label': 'fail' },
        ],
        ['gen_ai.evaluation.result', { 'gen_ai.evaluation.score.value': Number.NaN }],
        ['other', { 'gen_ai.evaluation.score.value': 1 }],
      ]),
    );
    assert.deepEqual(found, [
      { name: 'Relevance', score: 0.25, label: undefined },
      { name: 'Tone', score: undefined, label: 'fail' },
    ]);
  });

  it('are its tokens, in the words of each convention', () => {
    const usages: readonly Values[] = [
      { 'gen_ai.usage.input_tokens': 812, 'gen_ai.usage.output_tokens': 64 },
      { 'gen_ai.usage.prompt_tokens': 812, 'gen_ai.usage.completion_tokens': '64' },
      { 'llm.token_count.prompt': 812, 'llm.token_count.completion': 64, 'llm.token_count.total': 876 },
    ];
    for (const usage of usages) assert.deepEqual(tokenUsage(facts(usage)), { input: 812, output: 64 });
    assert.deepEqual(
      tokenUsage(facts({ 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': -1 })),
      {
        input: 5,
        output: undefined,
      },
    );
    assert.equal(tokenUsage(facts({ 'gen_ai.usage.input_tokens': 'many' })), undefined);
  });
});
