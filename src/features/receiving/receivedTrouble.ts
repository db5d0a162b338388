import type { RefusalReason } from '../../sources/otlpReceiver/refusal';
import type { ReceivedTally } from '../../sources/receivedTally';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** How many things that were sent here were not taken, or not wholly. */
export function troubleCount({ refused, rejectedSpans, datagrams, leftOut }: ReceivedTally): number {
  const counts = [...Object.values(refused), ...Object.values(datagrams), rejectedSpans, leftOut];
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What was sent here and not taken, and what helps: a sentence for each kind; none when all was taken. */
export function receivedTrouble(tally: ReceivedTally, t: Translate): readonly string[] {
  const { rejectedSpans, datagrams, leftOut, notPassedOn } = tally;
  const sentences = [
    [rejectedSpans, t('{0} spans, or parts of them, could not be read.', String(rejectedSpans))],
    [datagrams.broken, t('{0} datagrams could not be read.', String(datagrams.broken))],
    [
      datagrams.oversize,
      t(
        '{0} datagrams were over 65,000 bytes, and still longer ones never arrive: have the exporter send smaller batches.',
        String(datagrams.oversize),
      ),
    ],
    [datagrams.foreign, t('{0} datagrams were no spans of a Jaeger client.', String(datagrams.foreign))],
    [leftOut, t('{0} traces came while Whyspan was paused, and were too many to keep.', String(leftOut))],
    [
      notPassedOn,
      t('{0} requests were not passed on to another window, which is too slow.', String(notPassedOn)),
    ],
  ] as const;
  const refusals = refusalText(tally, t);
  return [
    ...(refusals === '' ? [] : [refusals]),
    ...sentences.filter(([count]) => count > 0).map(([, text]) => text),
  ];
}

function refusalText({ refused }: ReceivedTally, t: Translate): string {
  const reasons = Object.entries(reasonTexts(t)).flatMap(([reason, text]) => {
    const count = Object.entries(refused).find(([name]) => name === reason)?.[1] ?? 0;
    return count > 0 ? [{ count, text }] : [];
  });
  const sum = reasons.reduce((total, { count }) => total + count, 0);
  if (sum === 0) return '';
  const list = reasons
    .toSorted((a, b) => b.count - a.count)
    .map(({ count, text }) => `${count} × ${text}`)
    .join('; ');
  return sum === 1
    ? t('1 request was refused: {0}.', list)
    : t('{0} requests were refused: {1}.', String(sum), list);
}

function reasonTexts(t: Translate): Readonly<Record<RefusalReason, string>> {
  return {
    forbidden: t('from a web page, or for another host than this machine'),
    unauthorized: t('without the token, or with an old one (Copy Exporter Settings has it)'),
    'not-found': t(
      'no traces (OTEL_METRICS_EXPORTER=none and OTEL_LOGS_EXPORTER=none stop metrics and logs)',
    ),
    method: t('not sent by POST'),
    'content-type': t('neither protobuf nor JSON, or compressed otherwise than by gzip'),
    malformed: t('could not be read'),
    'too-large': t('too large (have the exporter send smaller batches)'),
    'too-many': t('too many at once (exporters send them again)'),
    timeout: t('too slow'),
    connections: t('too many connections'),
    internal: t('by a fault of Whyspan (the log has more)'),
  };
}
