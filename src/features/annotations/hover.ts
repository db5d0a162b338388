import * as vscode from 'vscode';
import { formatNumber } from '../../core/duration';
import type { SiteSample, SiteSummary } from '../../core/store/siteSummary';
import { commands } from '../../platform/contributions';
import { derivedText, latencyText } from '../../platform/latencyText';
import { sampleWithErrorText } from '../../platform/sampleText';
import { splitText } from '../../platform/splitText';
import { escapeMarkdown } from './escapeMarkdown';

const shown = 5;

/** The details behind an annotation. Text of traces is escaped; the only links are Whyspan's own commands. */
export function hoverText(summary: SiteSummary, fileName: string | undefined): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const hover = new vscode.MarkdownString();
  hover.isTrusted = { enabledCommands: [commands.revealTrace, commands.showChart] };
  hover.supportThemeIcons = false;
  const { latencyMs } = summary;
  if (latencyMs.count > 0) {
    const facts = [
      t('{0} inferences', summary.inferences),
      t('avg {0} ms', ms(latencyMs.avg)),
      t('p50 {0} ms', ms(latencyMs.quantile(0.5))),
      t('p95 {0} ms', ms(latencyMs.quantile(0.95))),
      t('max {0} ms', ms(latencyMs.max)),
    ];
    hover.appendMarkdown(`**${t('Storage latency')}** ${facts.join(' · ')}\n\n`);
  }
  if (summary.isLatencyDerived) hover.appendMarkdown(`${derivedText(t)}\n\n`);
  const split = summary.split();
  if (split) {
    const ofTraces = t('of {0} of the newest traces', String(split.traces));
    hover.appendMarkdown(`**${t('Time')}** ${splitText(split.shares, t, 5)} · ${ofTraces}\n\n`);
  }
  if (summary.sample) {
    const size = sampleWithErrorText(summary.sample, t);
    hover.appendMarkdown(`${t('A sample: {0} runs, weighted by what each stands for.', size)}\n\n`);
  }
  hover.appendMarkdown(
    `| ${t('Ended')} | ${t('Storage')} | &nbsp; ${t('Prediction')} &nbsp; | |\n|---|--:|---|---|\n`,
  );
  const inferences = summary.newest.filter(({ inference }) => inference !== undefined);
  for (const sample of inferences.slice(0, shown))
    hover.appendMarkdown(tableRow(sample, fileName !== undefined));
  // The chart has the inferences of the store only.
  hover.appendMarkdown(
    fileName === undefined
      ? `\n[${t('Show chart')}](command:${commands.showChart})`
      : `\n${t('From the imported file {0}', escapeMarkdown(fileName))}`,
  );
  return hover;
}

function tableRow({ span, endTimeUs, inference }: SiteSample, mayBeOld: boolean): string {
  const ids = encodeURIComponent(JSON.stringify({ traceId: span.traceId, spanId: span.spanId }));
  const latency =
    inference?.storageLatencyMs === undefined
      ? ''
      : latencyText(inference.storageLatencyMs, inference.isLatencyDerived, vscode.l10n.t);
  const date = new Date(endTimeUs / 1000);
  const time = mayBeOld ? date.toLocaleString() : date.toLocaleTimeString();
  const link = `[${vscode.l10n.t('trace')}](command:${commands.revealTrace}?${ids})`;
  return `| ${time} | ${latency} | &nbsp; ${escapeMarkdown(inference?.prediction ?? '')} &nbsp; | ${link} |\n`;
}

function ms(value: number | undefined): string {
  return value === undefined ? '' : formatNumber(value);
}
