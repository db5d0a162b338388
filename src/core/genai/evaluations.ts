import type { AttributeValue } from '../trace/span';
import type { AnswerFacts } from './answerFacts';

/** What somebody thought of an answer. */
export interface Evaluation {
  /** Empty when it was not said what was judged. */
  readonly name: string;
  readonly score: number | undefined;
  readonly label: string | undefined;
}

const mostRead = 20;

/** The evaluations on a span and in its events (`gen_ai.evaluation.result`), by OpenTelemetry's conventions; at most 20. */
export function evaluationsOf(facts: AnswerFacts): readonly Evaluation[] {
  const own = evaluation((key) => facts.attribute(key));
  const found = own ? [own] : [];
  for (const event of facts.events) {
    if (found.length >= mostRead) break;
    if (event.name !== 'gen_ai.evaluation.result') continue;
    const its = evaluation((key) => event.attributes.get(key));
    if (its) found.push(its);
  }
  return found;
}

function evaluation(attribute: (key: string) => AttributeValue | undefined): Evaluation | undefined {
  const value = attribute('gen_ai.evaluation.score.value');
  const label = attribute('gen_ai.evaluation.score.label');
  const score = typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  if (score === undefined && label === undefined) return undefined;
  return {
    name: String(attribute('gen_ai.evaluation.name') ?? ''),
    score,
    label: label === undefined ? undefined : String(label),
  };
}
