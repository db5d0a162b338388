import type { Endpoints } from '../../platform/endpoints';
import type { ReceivedTally } from '../../sources/receivedTally';
import { receivedTrouble, type Translate } from './receivedTrouble';

/** What is unusual about receiving: lines for a tooltip. */
export function receivingLines(
  endpoints: Endpoints | undefined,
  received: ReceivedTally | undefined,
  t: Translate,
): readonly string[] {
  const lines: string[] = [];
  if (endpoints?.openTo)
    lines.push(
      t('Open to other machines at {0}: each request must bring the token', endpoints.openTo.address),
    );
  const sharing = endpoints && sharingLine(endpoints, t);
  if (sharing) lines.push(sharing);
  if (received) lines.push(...receivedTrouble(received, t));
  return lines;
}

function sharingLine({ sharing, wantedPort, isTakenByWhyspan }: Endpoints, t: Translate): string | undefined {
  const port = String(wantedPort);
  switch (sharing) {
    case 'following':
      return t('Shows what another window receives at port {0}, too', port);
    case 'searching':
      return t('The window that had port {0} is gone; looking for who has it now', port);
    case 'holding':
      return t('Took port {0} over from a window that is gone', port);
    case 'lost':
      return t('Another program has port {0} now', port);
    case 'possible':
    case 'none':
      return isTakenByWhyspan ? t('Another window with Whyspan has port {0}', port) : undefined;
  }
}
