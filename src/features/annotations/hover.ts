import * as vscode from 'vscode';
import { formatNumber } from '../../core/duration';
import type { LocatedBy } from '../../core/mapping/locateSites';
import { quantile } from '../../core/statistics/quantile';
import { reduce } from '../../core/statistics/reducer';
import type { SiteSample } from '../../core/store/traceStore';
import { commands } from '../../platform/contributions';
import { escapeMarkdown } from './escapeMarkdown';
import { latenciesOf } from './text';

const shown = 5;

/** The details behind an annotation. Text of traces is escaped; the only links are Whyspan's own commands. */
export function hoverText(samples: readonly SiteSample[], by: LocatedBy | undefined): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const hover = new vscode.MarkdownString();
  hover.isTrusted = { enabledCommands: [commands.revealTrace, commands.showChart] };
  hover.supportThemeIcons = false;
  const latencies = latenciesOf(samples);
  if (latencies.length > 0) {
    const [p50, p95] = [quantile(latencies, 0.5), quantile(latencies, 0.95)];
    const facts = [
      t('{0} inferences', samples.length),
      t('avg {0} ms', ms(reduce('avg', latencies))),
      t('p50 {0} ms', ms(p50)),
      t('p95 {0} ms', ms(p95)),
      t('max {0} ms', ms(reduce('max', latencies))),
    ];
    hover.appendMarkdown(`**${t('Storage latency')}** ${facts.join(' · ')}\n\n`);
  }
  hover.appendMarkdown(
    `| ${t('Ended')} | ${t('Storage')} | &nbsp; ${t('Prediction')} &nbsp; | |\n|---|--:|---|---|\n`,
  );
  for (const sample of samples.slice(0, shown)) hover.appendMarkdown(tableRow(sample));
  hover.appendMarkdown(`\n[${t('Show chart')}](command:${commands.showChart})`);
  if (by) {
    hover.appendMarkdown(
      ` · ${by === 'span name' ? t('found by the name of the span') : t('found by code attributes')}`,
    );
  }
  return hover;
}

function tableRow({ span, endTimeUs, inference }: SiteSample): string {
  const ids = encodeURIComponent(JSON.stringify({ traceId: span.traceId, spanId: span.spanId }));
  const latency = inference?.storageLatencyMs === undefined ? '' : `${ms(inference.storageLatencyMs)} ms`;
  const time = new Date(endTimeUs / 1000).toLocaleTimeString();
  const link = `[${vscode.l10n.t('trace')}](command:${commands.revealTrace}?${ids})`;
  return `| ${time} | ${latency} | &nbsp; ${escapeMarkdown(inference?.prediction ?? '')} &nbsp; | ${link} |\n`;
}

function ms(value: number | undefined): string {
  return value === undefined ? '' : formatNumber(value);
}
