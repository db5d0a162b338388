import type { ChartAction, ChartData } from '../../features/latencyChart/protocol';
import { element, setText } from '../element';
import { fill, type Wording } from './wording';

/** What is said instead of, or above, the chart. */
export interface Message {
  readonly title: string;
  readonly text: string;
  readonly action: { readonly id: ChartAction; readonly label: string } | undefined;
}

/** What stands in the chart's place while there is nothing to draw; `undefined` when there is. */
export function placeholderOf(data: ChartData, wording: Wording): Message | undefined {
  const hasLine = data.average.value.some((value) => value !== null);
  if (data.newestMs !== undefined || hasLine) return undefined;
  const { strings } = wording;
  switch (data.source.kind) {
    case 'connecting':
      return { title: strings.connecting, text: '', action: undefined };
    case 'idle':
      return {
        title: strings.emptyTitle,
        text: strings.emptyIdle,
        action: { id: 'connect', label: strings.connect },
      };
    case 'failing':
      return { title: strings.emptyTitle, text: strings.emptyFailing, action: undefined };
    case 'ok':
      return {
        title: strings.emptyTitle,
        text: fill(strings.emptyHint, data.spanName),
        action: { id: 'diagnose', label: strings.diagnose },
      };
  }
}

/** What stands above the chart: the source's failure, or that nothing lies within the axis; `undefined` when all is well. */
export function bannerOf(data: ChartData, wording: Wording): Message | undefined {
  const { strings, formats } = wording;
  const { source, newestMs, nowMs } = data;
  if (source.kind === 'failing') {
    const from =
      source.shownFromMs === undefined || newestMs === undefined
        ? ''
        : fill(strings.shownFrom, formats.moment(source.shownFromMs, nowMs));
    const text = `${source.message} ${from}`.trim();
    return { title: strings.failing, text, action: { id: 'refresh', label: strings.refresh } };
  }
  if (data.metrics?.failure !== undefined) {
    const action = { id: 'diagnose', label: strings.diagnose } as const;
    return { title: strings.metricsFailing, text: data.metrics.failure, action };
  }
  if (newestMs === undefined || data.total > 0) return undefined;
  return { title: '', text: fill(strings.noneInRange, formats.moment(newestMs, nowMs)), action: undefined };
}

/** Shows one message, or nothing. Changes no text that has not changed, so that nothing is announced twice. */
export class MessageBox {
  readonly root: HTMLElement;
  readonly #title = element('strong');
  readonly #text = element('span');
  readonly #button = element('button', { type: 'button' });
  #action: ChartAction | undefined;

  constructor(className: string, run: (action: ChartAction) => void) {
    const words = element('p', { role: 'status' }, this.#title, ' ', this.#text);
    this.root = element('div', { class: className, hidden: '' }, words, this.#button);
    this.#button.addEventListener('click', () => {
      if (this.#action) run(this.#action);
    });
  }

  show(message: Message | undefined): void {
    this.root.hidden = message === undefined;
    this.#action = message?.action?.id;
    setText(this.#title, message?.title ?? '');
    setText(this.#text, message?.text ?? '');
    this.#button.hidden = message?.action === undefined;
    setText(this.#button, message?.action?.label ?? '');
  }
}
