import { formatElapsed, formatNumber } from '../../core/duration';
import type { CriticalShare } from '../../core/store/criticalShares';
import type { SiteSample, SiteSummary } from '../../core/store/siteSummary';
import { commands } from '../../platform/contributions';
import { derivedText, latencyText } from '../../platform/latencyText';
import { sampleWithErrorText } from '../../platform/sampleText';
import { splitText } from '../../platform/splitText';
import { escapeMarkdown } from './escapeMarkdown';
import { percent, type Translate } from './text';

/** A place that traces wait for, by the name of its span. */
export interface HoverPlace extends CriticalShare {
  readonly spanName: string;
}

/** What a hover is made of. */
export interface HoverInput {
  /** Where it is, for its links. */
  readonly at: { readonly uri: string; readonly line: number };
  readonly summary: SiteSummary;
  /** As in FunctionAnnotation. */
  readonly fileName: string | undefined;
  /** The function's part of what the newest traces waited for. */
  readonly share: number | undefined;
  /** How the line was found. */
  readonly foundBy: string;
  /** How many these traces are. */
  readonly traceCount: number;
  /** What they waited for longest. */
  readonly places: readonly HoverPlace[];
  /** The last hour as SVG, and in words; empty when there is nothing to show. */
  readonly picture: { readonly svgBase64: string; readonly words: string } | undefined;
}

const shownRows = 5;
const shownPlaces = 4;

/** The details behind an annotation, as Markdown. Text of traces is escaped; the only links are Whyspan's own commands. */
export function hoverMarkdown(input: HoverInput, t: Translate): string {
  const { summary, fileName, share, traceCount, picture, foundBy } = input;
  const blocks = [factsText(summary, t)];
  if (summary.isLatencyDerived) blocks.push(derivedText(t));
  blocks.push(splitLine(summary, t));
  if (summary.sample) {
    const size = sampleWithErrorText(summary.sample, t);
    blocks.push(t('A sample: {0} runs, weighted by what each stands for.', size));
  }
  if (picture)
    blocks.push(`![${escapeMarkdown(picture.words)}](data:image/svg+xml;base64,${picture.svgBase64})`);
  if (share !== undefined && share > 0)
    blocks.push(t('{0} % of the critical path of the newest {1} traces', percent(share), String(traceCount)));
  const places = placesText(input, t);
  if (places !== '') blocks.push(places);
  blocks.push(tableText(summary, fileName !== undefined, t));
  blocks.push(linksText(input, t));
  if (foundBy !== '') blocks.push(`_${escapeMarkdown(foundBy)}_`);
  return blocks.filter((block) => block !== '').join('\n\n');
}

function factsText({ latencyMs, durationUs, inferences, runs }: SiteSummary, t: Translate): string {
  if (latencyMs.count > 0) {
    const ms = (value: number | undefined) => formatNumber(value ?? 0);
    const facts = [
      t('{0} inferences', String(inferences)),
      t('avg {0} ms', ms(latencyMs.avg)),
      t('p50 {0} ms', ms(latencyMs.quantile(0.5))),
      t('p95 {0} ms', ms(latencyMs.quantile(0.95))),
      t('max {0} ms', ms(latencyMs.max)),
    ];
    return `**${t('Storage latency')}** ${facts.join(' · ')}`;
  }
  if (inferences > 0 || runs === 0) return '';
  const time = (value: number | undefined) => formatElapsed(value ?? 0);
  const facts = [
    runs === 1 ? t('1 run') : t('{0} runs', String(runs)),
    t('avg {0}', time(durationUs.avg)),
    t('p50 {0}', time(durationUs.quantile(0.5))),
    t('p95 {0}', time(durationUs.quantile(0.95))),
    t('max {0}', time(durationUs.max)),
  ];
  return `**${t('Duration')}** ${facts.join(' · ')}`;
}

function splitLine(summary: SiteSummary, t: Translate): string {
  const split = summary.split();
  const text = split && splitText(split.shares, t, 5);
  if (!text) return '';
  return `**${t('Time')}** ${text} · ${t('of {0} of the newest traces', String(split.traces))}`;
}

/** Where the time goes, with a link to the line of each place. */
function placesText({ summary, places }: HoverInput, t: Translate): string {
  if (summary.inferences === 0 || places.length < 2) return '';
  const shown = places
    .slice(0, shownPlaces)
    .map(
      ({ spanName, share, example }) =>
        `${link(escapeMarkdown(spanName), commands.goToCode, example)} ${percent(share)} %`,
    );
  return `${t('Where the time goes:')} ${shown.join(' · ')}`;
}

function tableText({ newest, inferences }: SiteSummary, mayBeOld: boolean, t: Translate): string {
  const samples = inferences > 0 ? newest.filter(({ inference }) => inference !== undefined) : newest;
  const time = inferences > 0 ? t('Storage') : t('Duration');
  const head = `| ${t('Ended')} | ${time} | &nbsp; ${t('Prediction')} &nbsp; | |\n|---|--:|---|---|`;
  return [head, ...samples.slice(0, shownRows).map((sample) => tableRow(sample, mayBeOld, t))].join('\n');
}

function tableRow({ span, endTimeUs, inference }: SiteSample, mayBeOld: boolean, t: Translate): string {
  const { traceId, spanId, durationUs } = span;
  const latencyMs = inference?.storageLatencyMs;
  const latency =
    latencyMs === undefined ? '' : latencyText(latencyMs, inference?.isLatencyDerived === true, t);
  const time = inference ? latency : formatElapsed(durationUs);
  const date = new Date(endTimeUs / 1000);
  const ended = mayBeOld ? date.toLocaleString() : date.toLocaleTimeString();
  const trace = link(t('trace'), commands.revealTrace, { traceId, spanId });
  return `| ${ended} | ${time} | &nbsp; ${escapeMarkdown(inference?.prediction ?? '')} &nbsp; | ${trace} |`;
}

function linksText({ at, summary, fileName }: HoverInput, t: Translate): string {
  const links = [
    link(t('Traces of this line'), commands.peekLineTraces, at),
    link(t('Only these in the tree'), commands.showLineTraces, at),
  ];
  const slowest = slowestSample(summary);
  if (slowest) {
    const { traceId, spanId } = slowest.span;
    links.push(
      link(t('Slowest of the last {0}', String(summary.newest.length)), commands.revealTrace, {
        traceId,
        spanId,
      }),
    );
  }
  // The chart has the inferences of the store only.
  if (fileName === undefined) links.push(`[${t('Show chart')}](command:${commands.showChart})`);
  const text = links.join(' · ');
  return fileName === undefined
    ? text
    : `${text}\n\n${t('From the imported file {0}', escapeMarkdown(fileName))}`;
}

/** Of the newest ones, the one that waited longest for its storage or, of other spans, took longest. */
export function slowestSample({ newest, latencyMs }: SiteSummary): SiteSample | undefined {
  const timeOf = ({ span, inference }: SiteSample) =>
    latencyMs.count > 0 ? (inference?.storageLatencyMs ?? Number.NEGATIVE_INFINITY) : span.durationUs;
  let slowest: SiteSample | undefined;
  for (const sample of newest) if (!slowest || timeOf(sample) > timeOf(slowest)) slowest = sample;
  return slowest;
}

function link(words: string, command: string, argument: object): string {
  // A parenthesis would end the link: encodeURIComponent leaves it as it is.
  const query = encodeURIComponent(JSON.stringify(argument)).replace(/[()]/g, (each) =>
    each === '(' ? '%28' : '%29',
  );
  return `[${words}](command:${command}?${query})`;
}
