import type { ChartData, ChartPoints } from '../../features/latencyChart/protocol';
import { element, setText } from '../element';
import type { OpenInference } from './openInference';
import { fill, type Wording } from './wording';

/** The same inferences as a table, newest first. Rows stay the same elements, so that focus and reading position stay too. */
export class InferenceTable {
  readonly root: HTMLElement;
  readonly #caption = element('caption');
  readonly #head = element('tr');
  readonly #body = element('tbody');
  readonly #rows = new Map<string, HTMLTableRowElement>();
  readonly #open: OpenInference;

  constructor(label: string, open: OpenInference) {
    this.#open = open;
    const table = element('table', {}, this.#caption, element('thead', {}, this.#head), this.#body);
    this.root = element('div', { class: 'table', role: 'region', tabindex: '0', 'aria-label': label }, table);
  }

  update(points: ChartPoints, data: ChartData, wording: Wording): void {
    const { number } = wording.formats;
    setText(this.#caption, fill(wording.strings.caption, number(points.timeMs.length), number(data.total)));
    this.#updateHead([
      wording.strings.columnTime,
      wording.axis(data),
      wording.strings.columnPrediction,
      wording.strings.columnService,
      wording.strings.columnTrace,
    ]);
    const wanted = new Set<string>();
    for (let i = points.timeMs.length - 1, place = 0; i >= 0; i--, place++) {
      const key = `${points.traceId[i]}/${points.spanId[i]}`;
      wanted.add(key);
      const row = this.#rows.get(key) ?? this.#makeRow(key, points, i, data, wording);
      updateRow(row, wording.point(points, i, data), points.value[i] ?? 0, data);
      const there = this.#body.children[place];
      if (there !== row) this.#body.insertBefore(row, there ?? null);
    }
    for (const [key, row] of this.#rows) {
      if (wanted.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
  }

  #updateHead(names: readonly string[]): void {
    names.forEach((name, column) => {
      const cell = this.#head.children[column] ?? this.#head.appendChild(element('th', { scope: 'col' }));
      setText(cell, name);
    });
  }

  #makeRow(
    key: string,
    points: ChartPoints,
    index: number,
    data: ChartData,
    wording: Wording,
  ): HTMLTableRowElement {
    const traceId = points.traceId[index] ?? '';
    const spanId = points.spanId[index] ?? '';
    const [moment = ''] = wording.point(points, index, data);
    const time = element('time', { datetime: new Date(points.timeMs[index] ?? 0).toISOString() });
    const { openTrace, openTraceOf, openLine, openLineOf } = wording.strings;
    const link = (what: 'reveal' | 'line', words: string, label: string) => {
      const button = element('button', { type: 'button', class: 'link', 'aria-label': fill(label, moment) });
      button.append(words);
      button.addEventListener('click', () => this.#open(what, { traceId, spanId }));
      return button;
    };
    const links = [link('reveal', openTrace, openTraceOf), ' ', link('line', openLine, openLineOf)];
    const row = element('tr', { 'data-trace-id': traceId, 'data-span-id': spanId });
    row.append(element('th', { scope: 'row' }, time), element('td', { class: 'number' }));
    row.append(element('td'), element('td'), element('td', {}, ...links));
    this.#rows.set(key, row);
    return row;
  }
}

function updateRow(
  row: HTMLTableRowElement,
  [moment = '', value = '', prediction = '', service = '']: readonly string[],
  number: number,
  data: ChartData,
): void {
  const [first, second, third, fourth] = row.cells;
  if (first?.firstElementChild) setText(first.firstElementChild, moment);
  const isAbove = number > data.threshold;
  if (second) setText(second, isAbove ? `▲ ${value}` : value);
  if (third) setText(third, prediction);
  if (fourth) setText(fourth, service);
  row.dataset.value = String(number);
  row.classList.toggle('above', isAbove);
}
