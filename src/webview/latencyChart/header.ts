import type { ChartData, ChartState } from '../../features/latencyChart/protocol';
import { element, setText } from '../element';
import type { Wording } from './wording';

const icons: Readonly<Record<ChartState['name'], string>> = {
  ok: '●',
  alerting: '▲',
  no_data: '○',
  unknown: '◌',
  off: '–',
};

/** Title, current value, state of the alert by icon and word, and how many inferences are shown. */
export class Header {
  readonly root: HTMLElement;
  readonly #title = element('h1');
  readonly #value = element('span', { class: 'current' });
  readonly #window = element('span', { class: 'window' });
  readonly #icon = element('span', { 'aria-hidden': 'true', class: 'icon' });
  readonly #state = element('span');
  readonly #since = element('span', { class: 'since' });
  readonly #badge: HTMLElement;
  readonly #count = element('p', { class: 'count' });

  constructor() {
    const name = element('span', { class: 'name' }, this.#icon, this.#state);
    this.#badge = element('p', { class: 'state' }, name, this.#since);
    const current = element('p', { class: 'reading' }, this.#value, this.#window);
    this.root = element('div', { class: 'head' }, this.#title, current, this.#badge, this.#count);
  }

  update(data: ChartData, wording: Wording, isTableShown: boolean): void {
    setText(this.#title, wording.title(data));
    setText(this.#value, wording.value(data.current, data));
    setText(this.#window, wording.windowName(data));
    setText(this.#icon, icons[data.state.name]);
    setText(this.#state, wording.state(data.state));
    setText(this.#since, wording.since(data));
    this.#badge.dataset.state = data.state.name;
    setText(this.#count, [wording.count(data, isTableShown), ...wording.notes(data)].join(' · '));
  }
}
