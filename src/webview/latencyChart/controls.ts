import { type ChartRange, type ChartStrings, chartRanges } from '../../features/latencyChart/protocol';
import { element, setText } from '../element';

/** Longer than traces are held. */
const metricRanges: readonly ChartRange[] = ['6h', '24h'];

/** What the user does with the controls. */
export interface ControlListener {
  chooseRange(range: ChartRange): void;
  toggleLive(): void;
  toggleTable(): void;
}

/** Range, live and table: what the user can choose. */
export class Controls {
  readonly root: HTMLElement;
  readonly #strings: ChartStrings;
  readonly #choices = new Map<ChartRange, HTMLElement>();
  readonly #radios = new Map<ChartRange, HTMLInputElement>();
  readonly #live = element('button', { type: 'button', class: 'live' });
  readonly #table = element('button', { type: 'button', class: 'table-toggle' });

  constructor(strings: ChartStrings, listener: ControlListener) {
    this.#strings = strings;
    const ranges = element('fieldset', { class: 'ranges' });
    ranges.append(element('legend', { class: 'visually-hidden' }, strings.range));
    for (const range of chartRanges) ranges.append(this.#makeChoice(range, listener));
    this.#live.addEventListener('click', () => listener.toggleLive());
    this.#table.addEventListener('click', () => listener.toggleTable());
    this.root = element('div', { class: 'controls' }, ranges, this.#live, this.#table);
  }

  update(view: {
    readonly range: ChartRange;
    readonly isLive: boolean;
    readonly isTableShown: boolean;
    /** Whether more time can be shown than that of which traces are held. */
    readonly hasMetrics: boolean;
  }): void {
    const radio = this.#radios.get(view.range);
    if (radio) radio.checked = true;
    // The one that is chosen stays, though it shows no more than the look-back.
    for (const range of metricRanges)
      this.#choices.get(range)?.toggleAttribute('hidden', !view.hasMetrics && range !== view.range);
    this.#live.setAttribute('aria-pressed', String(view.isLive));
    this.#live.title = view.isLive ? this.#strings.liveHint : this.#strings.frozenHint;
    setText(this.#live, this.#strings.live);
    setText(this.#table, view.isTableShown ? this.#strings.showChart : this.#strings.showTable);
  }

  #makeChoice(range: ChartRange, listener: ControlListener): HTMLElement {
    const names = {
      '15m': this.#strings.range15m,
      '1h': this.#strings.range1h,
      lookback: this.#strings.rangeLookback,
      '6h': this.#strings.range6h,
      '24h': this.#strings.range24h,
    };
    const radio = element('input', { type: 'radio', name: 'range', value: range });
    radio.addEventListener('change', () => listener.chooseRange(range));
    this.#radios.set(range, radio);
    const choice = element('label', {}, radio, element('span', {}, names[range]));
    this.#choices.set(range, choice);
    return choice;
  }
}
