import type { RefusalReason } from '../../sources/otlpReceiver/refusal';
import type { ReceivedTally } from '../../sources/receivedTally';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** How many things that were sent here were not taken, or not wholly. */
export function troubleCount({ refused, rejectedSpans, datagrams, leftOut }: ReceivedTally): number {
  const counts = [...Object.values(refused), ...Object.values(datagrams), rejectedSpans, leftOut];
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What was sent here and not taken, and what helps: a line for each kind, the most frequent refusal first; none when all was taken. */
export function receivedTrouble(tally: ReceivedTally, t: Translate): readonly string[] {
  const { rejectedSpans, datagrams, leftOut, notPassedOn } = tally;
  const lines = [
    [rejectedSpans, t('{0} spans, or parts of them, could not be read', String(rejectedSpans))],
    [datagrams.broken, t('{0} datagrams could not be read', String(datagrams.broken))],
    [
      datagrams.oversize,
      t(
        '{0} datagrams were over 65,000 bytes (longer ones never arrive): send smaller batches',
        String(datagrams.oversize),
      ),
    ],
    [datagrams.dropped, t('{0} datagrams came faster than they could be read', String(datagrams.dropped))],
    [datagrams.foreign, t('{0} datagrams were no spans of a Jaeger client', String(datagrams.foreign))],
    [leftOut, t('{0} traces came while Whyspan was paused, and were too many to keep', String(leftOut))],
    [notPassedOn, t('{0} requests were not passed on: another window is too slow', String(notPassedOn))],
  ] as const;
  return [...refusalLines(tally, t), ...lines.filter(([count]) => count > 0).map(([, text]) => text)];
}

function refusalLines({ refused }: ReceivedTally, t: Translate): readonly string[] {
  const texts = new Map<string, string>(Object.entries(reasonTexts(t)));
  return Object.entries(refused)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => t('Refused: {0} × {1}', String(count), texts.get(reason) ?? reason));
}

function reasonTexts(t: Translate): Readonly<Record<RefusalReason, string>> {
  return {
    forbidden: t('from a web page, or for another host than this machine'),
    unauthorized: t('without the token, or with an old one (Copy Exporter Settings has it)'),
    'not-found': t('no traces (OTEL_METRICS_EXPORTER=none, OTEL_LOGS_EXPORTER=none)'),
    method: t('not sent by POST'),
    'content-type': t('neither protobuf nor JSON, or compressed otherwise than by gzip'),
    malformed: t('could not be read'),
    'too-large': t('too large: send smaller batches'),
    'too-many': t('too many at once (exporters send them again)'),
    timeout: t('too slow'),
    connections: t('too many connections'),
    unavailable: t('while what decodes them was started again (exporters send them again)'),
    internal: t('by a fault of Whyspan (the log has more)'),
  };
}
