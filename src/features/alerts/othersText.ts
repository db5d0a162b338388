import { cleanText } from '../../core/trace/cleanText';
import type { Translate } from './model';
import { stateText } from './ruleText';
import type { StatusText, Watching } from './statusText';
import type { WatchedRule } from './watchedRule';

/** The status bar with the rules beside the alert of `whyspan.alert.*`: how many alert, or, where that is off, the one in the worst state. */
export function withOthers(
  own: StatusText,
  others: readonly WatchedRule[],
  watching: Watching,
  t: Translate,
): StatusText {
  const alerting = others.filter(({ worst }) => worst?.state.name === 'alerting');
  if (alerting.length > 0) {
    const words =
      alerting.length === 1
        ? t('{0}: Alerting', cleanText(alerting[0]?.rule.name ?? '', 40))
        : t('{0} rules alerting', String(alerting.length));
    return watching === 'off'
      ? { text: `$(warning) ${words}`, label: `Whyspan: ${words}`, isAlerting: true }
      : { text: `${own.text} · $(warning) ${words}`, label: `${own.label}, ${words}`, isAlerting: true };
  }
  if (watching !== 'off' || others.length === 0) return own;
  const shown = others.find(({ worst }) => worst?.state.name === 'error') ?? others[0];
  const state = shown?.worst ? stateText(shown.worst.state, t) : t('Waiting');
  const words = `${cleanText(shown?.rule.name ?? '', 40)}: ${state}`;
  const icon = shown?.worst?.state.name === 'error' ? 'error' : 'graph-line';
  return { text: `$(${icon}) ${words}`, label: `Whyspan: ${words}`, isAlerting: false };
}

/** A line for each rule that is not as it should be: for the tooltip. */
export function othersLines(others: readonly WatchedRule[], t: Translate): readonly string[] {
  return others.flatMap(({ rule, worst }) =>
    worst && worst.state.name !== 'ok' ? [`${cleanText(rule.name, 60)}: ${stateText(worst.state, t)}`] : [],
  );
}
