import type { RuleSignal } from '../../core/alerts/rule';
import type { Translate } from './model';

/** What a new rule may watch. */
export interface SignalChoice {
  readonly label: string;
  readonly description: string;
  readonly signal: RuleSignal['kind'];
  /** What else must be known: which attribute, which prediction. */
  readonly asks: string | undefined;
  readonly limitPrompt: string;
  readonly limit: string;
  /** Limits are written in percent. */
  readonly isShare: boolean;
}

/** What was asked for. */
export interface RuleWish {
  readonly choice: SignalChoice;
  /** The attribute or the label, where one was asked for. */
  readonly subject: string;
  /** `> 300`, `< 0.5`, or a number alone, above which it fires. */
  readonly limit: string;
  readonly window: string;
  readonly name: string;
}

/** What a new rule may watch, to choose from. */
export function signalChoices(latencyAttribute: string, t: Translate): SignalChoice[] {
  const ms = t('When does it fire, in milliseconds? > above, < below.');
  const percent = t('When does it fire, in percent? > above, < below.');
  const plain = t('When does it fire? > above, < below.');
  const choice = (
    [label, description]: readonly [string, string],
    signal: RuleSignal['kind'],
    limits: Pick<SignalChoice, 'limit' | 'limitPrompt'>,
    other: Partial<SignalChoice> = {},
  ): SignalChoice => ({ label, description, signal, asks: undefined, isShare: false, ...limits, ...other });
  return [
    choice([t('Storage latency'), latencyAttribute], 'derived_storage_latency', {
      limitPrompt: ms,
      limit: '> 300',
    }),
    choice([t('Duration'), t('of the inference')], 'span_duration', { limitPrompt: ms, limit: '> 1000' }),
    choice(
      [t('Share of errors'), ''],
      'error_share',
      { limitPrompt: percent, limit: '> 5' },
      { isShare: true },
    ),
    choice(
      [t('Share of a prediction'), t('such as one that takes over')],
      'prediction_share',
      { limitPrompt: percent, limit: '> 80' },
      { isShare: true, asks: t('Of which prediction?') },
    ),
    choice(
      [t('Confidence'), ''],
      'confidence',
      { limitPrompt: plain, limit: '< 0.5' },
      { asks: t('Which attribute has it?') },
    ),
    choice(
      [t('Another attribute'), ''],
      'attribute',
      { limitPrompt: plain, limit: '> 100' },
      { asks: t('Which attribute?') },
    ),
  ];
}

/** A rule as it is written into the settings: what it leaves out is as new rules are. */
export function ruleEntry({
  choice,
  subject,
  limit,
  window,
  name,
}: RuleWish): Readonly<Record<string, unknown>> {
  const number = Number(limit.replace(/[<>]/, ''));
  const { signal } = choice;
  const about =
    signal === 'prediction_share' ? { label: subject } : subject === '' ? {} : { attribute: subject };
  return {
    ...{ name: name.trim(), signal, ...about, reducer: 'avg' },
    evaluator: { type: limit.includes('<') ? 'lt' : 'gt', params: [choice.isShare ? number / 100 : number] },
    window: window.replaceAll(' ', ''),
  };
}
