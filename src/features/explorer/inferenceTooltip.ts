import { classShares } from '../../core/classify/timeSplit';
import { formatNumber } from '../../core/duration';
import { type Evaluation, evaluationsOf } from '../../core/genai/evaluations';
import { finishReason } from '../../core/genai/finishReason';
import { tokenUsage } from '../../core/genai/tokenUsage';
import { cleanText } from '../../core/trace/cleanText';
import type { Inference } from '../../core/trace/inference';
import { derivedText } from '../../platform/latencyText';
import { splitText } from '../../platform/splitText';
import type { Translate } from './model';

const mostEvaluations = 5;

/** All that is worth knowing of an inference, a line each. */
export function inferenceTooltip(inference: Inference, t: Translate): string {
  const { span, prediction, endTimeUs } = inference;
  return [
    cleanText(span.name, 80),
    cleanText(span.service, 80),
    new Date(endTimeUs / 1000).toLocaleString(),
    prediction === undefined ? '' : t('Prediction: {0}', prediction),
    ...inferenceFacts(inference, t),
    t('Trace {0}', span.traceId),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Where its time went, and what its language model says. */
function inferenceFacts(inference: Inference, t: Translate): readonly string[] {
  const { span, timeSplit, isLatencyDerived } = inference;
  const facts = { attribute: (key: string) => span.attributes.get(key), events: span.events };
  const split = timeSplit ? splitText(classShares(timeSplit), t, 5) : '';
  const tokens = tokenUsage(facts);
  const reason = finishReason(facts);
  const lines = [
    split === '' ? '' : t('Time: {0}', split),
    isLatencyDerived ? derivedText(t) : '',
    tokens?.input === undefined ? '' : t('Tokens in: {0}', String(tokens.input)),
    tokens?.output === undefined ? '' : t('Tokens out: {0}', String(tokens.output)),
    reason === undefined ? '' : t('Finish reason: {0}', cleanText(reason, 60)),
    ...evaluationsOf(facts)
      .slice(0, mostEvaluations)
      .map((evaluation) => evaluationText(evaluation, t)),
  ];
  return lines;
}

function evaluationText({ name, score, label }: Evaluation, t: Translate): string {
  const said = [
    score === undefined ? '' : formatNumber(score),
    label === undefined ? '' : cleanText(label, 40),
  ];
  const value = said.filter((part) => part !== '').join(', ');
  return name === '' ? t('Evaluation: {0}', value) : t('Evaluation {0}: {1}', cleanText(name, 40), value);
}
