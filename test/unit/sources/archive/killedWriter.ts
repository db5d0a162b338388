import { writeSync } from 'node:fs';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { TraceLog } from '../../../../src/sources/archive/traceLog';
import { systemClock } from '../../../../src/sources/clock';
import { traceOf } from '../../core/spanOf';

// A program that keeps traces until it is killed, and says of each when it was received: `<id> <milliseconds>`.
const [folder = '', session = '', firstId = '1'] = process.argv.slice(2);
const log = new TraceLog({
  folder,
  session,
  clock: systemClock,
  limits: { maxAgeMs: 1e15, maxBytes: 1e9, neverWritten: [] },
  onProblem: (message) => console.error(message),
});
let id = Number(firstId);
setInterval(() => {
  // Some are large, so that the kill falls into writes.
  const text = 'x'.repeat(id % 10 === 0 ? 200_000 : 100);
  log.append([blockOf([traceOf([{ attributes: { text } }], id)])]);
  writeSync(1, `${id++} ${Date.now()}\n`);
}, 4);
