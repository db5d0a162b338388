import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpanBlock } from '../../../../src/core/columns/spanBlock';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { TraceLog, type TraceLogLimits } from '../../../../src/sources/archive/traceLog';
import { systemClock } from '../../../../src/sources/clock';
import { traceOf } from '../../core/spanOf';

/** Limits that let nothing go. */
export const everything: TraceLogLimits = { maxAgeMs: 1e15, maxBytes: 1e9, neverWritten: [] };

/** A folder of its own, and sessions that keep traces in it; all of it goes at the end. */
export class LogFolder {
  readonly path = join(mkdtempSync(join(tmpdir(), 'whyspan-')), 'traces');
  readonly problems: string[] = [];
  readonly #logs: TraceLog[] = [];
  /** Milliseconds that the sessions' clocks are ahead. */
  aheadMs = 0;

  log(session: string, limits: Partial<TraceLogLimits> = {}): TraceLog {
    const log = new TraceLog({
      folder: this.path,
      session,
      clock: { ...systemClock, nowMs: () => Date.now() + this.aheadMs },
      limits: { ...everything, ...limits },
      onProblem: (message) => this.problems.push(message),
    });
    this.#logs.push(log);
    return log;
  }

  /** What a session that begins now would read: the ids of traces, as numbers. */
  async ids(): Promise<readonly number[]> {
    const blocks: SpanBlock[] = [];
    for await (const block of this.log('reader').read(0)) blocks.push(block);
    return tracesOf(blocks)
      .map(({ traceId }) => Number.parseInt(traceId, 16))
      .sort((a, b) => a - b);
  }

  dispose(): void {
    for (const log of this.#logs) log.dispose();
    rmSync(join(this.path, '..'), { recursive: true, force: true });
  }
}

/** A block of one small trace. */
export const blockWith = (id: number, text = '') => blockOf([traceOf([{ attributes: { text } }], id)]);
