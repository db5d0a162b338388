import * as vscode from 'vscode';
import type { Disposable } from '../../core/event';
import { HumanError } from '../../core/humanError';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { WebviewChannel } from '../../platform/webviewChannel';
import { newNonce, webviewHtml } from '../../platform/webviewHtml';
import { exemplars, type Signals, signalNames } from '../metrics/index';
import { chartStrings } from './chartStrings';
import { decodeChartRequest } from './decodeChartRequest';
import { MetricsLine } from './metricsLine';
import { type AlertView, type ChartInput, chartData } from './model';
import type { ChartInit, ChartRequest, ChartView } from './protocol';
import { Throttle } from './throttle';

// Entry of a bundle of its own, which is loaded when the first chart is opened.

/** At most four updates a second. */
const minUpdateIntervalMs = 250;
/** How often the time axis moves when nothing happens. */
const tickMs = 2000;

/** What the panel is made with. */
export type ChartPanelDeps = Deps & {
  readonly alerts: AlertView;
  readonly signals: Signals;
  /** When the source last answered, in microseconds since the Unix epoch. */
  readonly answeredAtUs: () => number | undefined;
};

/** Fills a panel with the chart, until it is closed. */
export function fillPanel(panel: vscode.WebviewPanel, deps: ChartPanelDeps): void {
  const chart = new LatencyChartPanel(panel, deps);
  panel.onDidDispose(() => chart.dispose());
}

/** The panel with the chart. Computes only while it is seen. */
class LatencyChartPanel implements Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #deps: ChartPanelDeps;
  readonly #channel: WebviewChannel;
  readonly #store = new DisposableStore();
  readonly #line: MetricsLine;
  #view: ChartView | undefined;

  constructor(panel: vscode.WebviewPanel, deps: ChartPanelDeps) {
    this.#panel = panel;
    this.#deps = deps;
    this.#channel = this.#store.add(
      new WebviewChannel(panel.webview, {
        handle: (method, params) => this.#handle(decodeChartRequest(method, params)),
        onError: (error) => deps.report(error, vscode.l10n.t('showing the latency chart')),
        failureText: vscode.l10n.t('That did not work. The log of Whyspan says more.'),
      }),
    );
    const updates = this.#store.add(new Throttle(() => this.#update(), minUpdateIntervalMs));
    this.#line = this.#store.add(
      new MetricsLine({ nowMs: deps.nowMs, onDidChange: () => updates.trigger(), report: deps.report }),
    );
    this.#follow(updates);
    panel.iconPath = vscode.Uri.joinPath(deps.extensionUri, 'media', 'latencyChart.svg');
    panel.webview.html = this.#html();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #follow(updates: Throttle): void {
    const { store, alerts, source, settings } = this.#deps;
    const changed = () => updates.trigger();
    this.#store.add(store.onDidChange(changed));
    this.#store.add(alerts.onDidChange(changed));
    this.#store.add(source.onDidChangeStatus(changed));
    this.#store.add(settings.onDidChange(changed));
    const timer = setInterval(() => {
      if (this.#view?.frozenAtMs === undefined) changed();
    }, tickMs);
    this.#store.add({ dispose: () => clearInterval(timer) });
    this.#panel.onDidChangeViewState(() => {
      if (this.#panel.visible) return;
      // Its page is unloaded while it is hidden, and says `ready` again afterwards.
      this.#view = undefined;
      this.#channel.reset();
    });
  }

  #handle(request: ChartRequest | undefined): ChartInit | undefined {
    switch (request?.method) {
      case 'ready':
        this.#setView(request.view);
        return { strings: chartStrings(), language: vscode.env.language };
      case 'view':
        return this.#setView(request.view);
      case 'reveal':
        return this.#open(commands.revealTrace, request);
      case 'line':
        return this.#open(commands.goToCode, request);
      case 'run':
        return this.#execute(commands[request.action]);
      case undefined:
        throw new Error('the page asked for something unknown');
    }
  }

  #setView(view: ChartView): undefined {
    this.#view = view;
    this.#update();
  }

  #open(
    command: string,
    { traceId, spanId }: { readonly traceId: string; readonly spanId: string },
  ): undefined {
    if (!this.#deps.store.trace(traceId)) {
      const message = vscode.l10n.t('This trace is no longer held: it has become too old, or was cleared.');
      throw new HumanError('not-found', message);
    }
    this.#execute(command, { traceId, spanId });
  }

  #execute(command: string, ...args: readonly unknown[]): undefined {
    vscode.commands.executeCommand(command, ...args).then(undefined, (error: unknown) => {
      this.#deps.report(error, vscode.l10n.t('following the latency chart'));
    });
  }

  #update(): void {
    const { store, alerts, settings, source, answeredAtUs, nowMs } = this.#deps;
    if (!this.#panel.visible || !this.#view) return;
    const { alert, isAlertEnabled, inference, poll } = settings.current;
    const names = signalNames(settings.current, source.connection?.name ?? '', vscode.l10n.t);
    const points = exemplars(store, settings.current);
    const data = chartData({
      ...{
        store,
        points,
        names,
        metricsLine: this.#metricsLine(),
        alerts,
        rule: alert,
        isAlertEnabled,
        inference,
        lookbackUs: poll.lookbackUs,
      },
      ...{ source: source.status, isPaused: source.isPaused, answeredAtUs: answeredAtUs() },
      ...{ view: this.#view, nowMs: nowMs() },
    });
    // Durations under the title of the storage's latency would be read as that.
    const title =
      names.from === '' ? vscode.l10n.t('Storage Latency') : vscode.l10n.t('Metrics: {0}', names.quantity);
    if (this.#panel.title !== title) this.#panel.title = title;
    this.#channel.notify('data', data);
  }

  /** Whatever is chosen, while it is not the traces. */
  #metricsLine(): ChartInput['metricsLine'] {
    const { settings, signals } = this.#deps;
    const { metrics, alert } = settings.current;
    if (metrics.source === 'traces') return undefined;
    const isLive = this.#view?.frozenAtMs === undefined && !this.#deps.source.isPaused;
    return (range) => this.#line.get({ source: signals.current, rule: alert, ...range, isLive });
  }

  #html(): string {
    const { webview, title } = this.#panel;
    const uri = (...path: string[]) =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#deps.extensionUri, ...path)).toString();
    return webviewHtml({
      title,
      language: vscode.env.language,
      cspSource: webview.cspSource,
      nonce: newNonce(),
      scriptUri: uri('dist', 'webview', 'latencyChart.js'),
      styleUri: uri('media', 'latencyChart.css'),
    });
  }
}
