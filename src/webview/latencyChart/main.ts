import { PeerError } from '../../core/channel/messagePeer';
import type { ChartData, ChartInit, ChartView } from '../../features/latencyChart/protocol';
import { openHostChannel } from '../hostChannel';
import { decodeData, decodeInit, decodeKept, keptVersion } from './decodeHostMessage';
import { makeFormats } from './formats';
import { ChartPage, type PageHost } from './page';
import { onDidChangeTheme } from './theme';
import { Wording } from './wording';

const noticeMs = 8000;
/** A smaller change of the width is not worth other points. */
const minColumnChange = 50;

const api = acquireVsCodeApi();
const kept = decodeKept(api.getState());
let view: ChartView = { ...kept, frozenAtMs: undefined, columns: Math.max(50, window.innerWidth) };
let init: ChartInit | undefined;
let data: ChartData | undefined;
let page: ChartPage | undefined;
let noticeTimer = 0;

const peer = openHostChannel(api, (method, params) => {
  if (method !== 'data') throw new Error(`the extension said “${method}”, which is unknown`);
  data = decodeData(params);
  show();
});

const host: PageHost = {
  chooseRange: (range) => changeView({ range }),
  toggleLive: () => changeView({ frozenAtMs: view.frozenAtMs === undefined ? data?.toMs : undefined }),
  toggleTable: () => changeView({ isTableShown: !view.isTableShown }),
  open: (what, ids) => ask(what, ids),
  run: (action) => ask('run', { action }),
};

function show(): void {
  if (!init || !data) return;
  if (!page) {
    page = new ChartPage(new Wording(init.strings, makeFormats(init.language)), host, data);
    document.body.replaceChildren(page.root);
  }
  page.update(data, view.isTableShown, Date.now());
}

function changeView(change: Partial<ChartView>): void {
  view = { ...view, ...change };
  api.setState({ version: keptVersion, range: view.range, isTableShown: view.isTableShown });
  ask('view', view);
}

/** Asks the extension, and tells the user when that fails. */
function ask(method: string, params: unknown): void {
  peer.request(method, params).then(
    () => notice(''),
    (error: unknown) => {
      const text = error instanceof PeerError && error.reason === 'refused' ? error.message : '';
      notice(text || init?.strings.failed || String(error));
    },
  );
}

function notice(text: string): void {
  window.clearTimeout(noticeTimer);
  page?.notice(text);
  if (text !== '') noticeTimer = window.setTimeout(() => page?.notice(''), noticeMs);
}

async function start(): Promise<void> {
  init = decodeInit(await peer.request('ready', view));
  show();
  onDidChangeTheme(() => page?.updateTheme());
  // Only where not all points are drawn does it matter how many columns there are.
  new ResizeObserver(() => {
    const columns = page?.columns ?? view.columns;
    const isSampled = data !== undefined && data.points.timeMs.length < data.total;
    if (isSampled && Math.abs(columns - view.columns) >= minColumnChange) changeView({ columns });
  }).observe(document.body);
}

start().catch((error: unknown) => {
  // There are no translated texts yet, and the extension may be gone: the log of the page is what is left.
  console.error(error);
  document.body.textContent = String(error);
});
