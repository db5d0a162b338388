import type { ChartAction, ChartData, ChartRange } from '../../features/latencyChart/protocol';
import { element, setText } from '../element';
import { Announcer } from './announcer';
import { Controls } from './controls';
import { Header } from './header';
import { Legend } from './legend';
import { bannerOf, MessageBox, placeholderOf } from './messages';
import type { OpenInference } from './openInference';
import { PlotView } from './plotView';
import type { Scene } from './scene';
import { InferenceTable } from './table';
import { readTheme } from './theme';
import type { Wording } from './wording';

/** What the page wants of the extension. */
export interface PageHost {
  chooseRange(range: ChartRange): void;
  toggleLive(): void;
  toggleTable(): void;
  open: OpenInference;
  run(action: ChartAction): void;
}

/** The page's elements, from data to what is seen. */
export class ChartPage {
  readonly root: HTMLElement;
  readonly #wording: Wording;
  readonly #header = new Header();
  readonly #controls: Controls;
  readonly #legend = new Legend();
  readonly #banner: MessageBox;
  readonly #placeholder: MessageBox;
  readonly #notice = element('p', { class: 'notice', role: 'status' });
  readonly #summary = element('p', { id: 'summary', class: 'visually-hidden' });
  readonly #table: InferenceTable;
  readonly #plot: PlotView;
  readonly #scene: Scene;
  readonly #announcer: Announcer;
  #revision = 0;

  constructor(wording: Wording, host: PageHost, first: ChartData) {
    this.#wording = wording;
    this.#scene = { wording, theme: readTheme(), data: first, markedPoint: undefined };
    this.#controls = new Controls(wording.strings, host);
    this.#banner = new MessageBox('banner', (action) => host.run(action));
    this.#placeholder = new MessageBox('placeholder', (action) => host.run(action));
    this.#table = new InferenceTable(wording.title(first), host.open);
    this.#plot = new PlotView(this.#scene, host.open);
    const live = element('p', { class: 'visually-hidden live-region', 'aria-live': 'polite' });
    this.#announcer = new Announcer((text) => setText(live, text));
    const top = element('header', {}, this.#header.root, this.#controls.root);
    this.root = element('main', {}, top, this.#banner.root, this.#notice, this.#legend.root);
    this.root.append(this.#plot.root, this.#table.root, this.#placeholder.root, this.#summary, live);
  }

  /** Width of the plot in pixels. */
  get columns(): number {
    return this.#plot.columns;
  }

  /** Shows data. `root` must be in the page. */
  update(data: ChartData, isTableShown: boolean, nowMs: number): void {
    const wording = this.#wording;
    this.#scene.data = data;
    this.#header.update(data, wording, isTableShown);
    this.#controls.update({
      ...{ range: data.range, isLive: data.isLive, isTableShown, hasMetrics: data.metrics !== undefined },
    });
    this.#banner.show(bannerOf(data, wording));
    const placeholder = placeholderOf(data, wording);
    this.#placeholder.show(placeholder);
    this.root.classList.toggle('is-loading', data.source.kind === 'connecting' && placeholder !== undefined);
    const isPlotShown = placeholder === undefined && !isTableShown;
    this.#legend.root.hidden = this.#plot.root.hidden = !isPlotShown;
    this.#table.root.hidden = placeholder !== undefined || !isTableShown;
    this.#legend.update(data, wording);
    if (data.table) this.#table.update(data.table, data, wording);
    if (isPlotShown) this.#plot.update();
    const text = placeholder ? `${placeholder.title} ${placeholder.text}` : wording.summary(data);
    setText(this.#summary, text);
    const state = placeholder ? text : `${data.state.name} ${data.state.isOutage}`;
    this.#announcer.offer({ text, state, value: data.current }, nowMs);
    this.#describe(data);
  }

  /** Reads the theme again and draws with it. */
  updateTheme(): void {
    this.#scene.theme = readTheme();
    if (!this.#plot.root.hidden) this.#plot.update();
  }

  /** Says something that is not about the data; an empty text takes it back. */
  notice(text: string): void {
    setText(this.#notice, text);
  }

  /** What a test in a real window reads of the page; the table and `data-plot` of the canvas say the rest. */
  #describe(data: ChartData): void {
    this.#revision++;
    Object.assign(this.root.dataset, {
      ...{ revision: String(this.#revision), state: data.state.name, source: data.source.kind },
      ...{ total: String(data.total), drawn: String(data.points.timeMs.length), range: data.range },
      ...{ fromMs: String(data.fromMs), toMs: String(data.toMs), threshold: String(data.threshold) },
      ...{
        current: String(data.current),
        lineEnd: String(data.average.value.findLast((value) => value !== null)),
      },
      ...{ isLive: String(data.isLive) },
      ...{ periods: JSON.stringify(data.periods) },
    });
  }
}
