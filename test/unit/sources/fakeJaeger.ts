import { blockOf } from '../../../src/core/columns/writeTrace';
import { type FailureKind, HumanError } from '../../../src/core/humanError';
import type { TraceSearch } from '../../../src/core/jaeger/jaegerQuery';
import { makeTrace, type Trace } from '../../../src/core/trace/trace';
import { CancellationError } from '../../../src/sources/cancellation';
import type { PollerOptions } from '../../../src/sources/poller';

type Client = PollerOptions['client'];

/** A Jaeger in memory: services with operations, failures on demand, and a record of what was asked. */
export class FakeJaeger implements Client {
  readonly asked: string[] = [];
  readonly searches: TraceSearch[] = [];
  operationsOf: Record<string, readonly string[]> = { ai: ['ai_inference_pipeline'] };
  tracesOf: Record<string, readonly Trace[]> = {};
  failures: Record<string, FailureKind> = {};
  isHanging = false;
  answer: { isPartial?: boolean; isSample?: boolean } = {};

  async services(signal: AbortSignal) {
    await this.#ask('services', signal);
    return Object.keys(this.operationsOf).sort();
  }

  async operations(service: string, signal: AbortSignal) {
    await this.#ask(`operations ${service}`, signal);
    return (this.operationsOf[service] ?? []).map((name) => ({ name, kind: 'internal' as const }));
  }

  async search(search: TraceSearch, signal: AbortSignal) {
    await this.#ask(`search ${search.service}`, signal);
    this.searches.push(search);
    const traces = this.tracesOf[search.service] ?? [];
    return {
      traces,
      blocks: traces.length === 0 ? [] : [blockOf(traces)],
      problems: [],
      count: traces.length,
      isSample: false,
      isPartial: false,
      api: 'api' as const,
      ...this.answer,
    };
  }

  async #ask(what: string, signal: AbortSignal): Promise<void> {
    this.asked.push(what);
    await Promise.resolve();
    if (signal.aborted) throw new CancellationError();
    if (this.isHanging)
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new CancellationError())),
      );
    const kind = this.failures[what] ?? this.failures.all;
    if (kind) throw new HumanError(kind, `${what} fails`);
  }
}

export function fakeTrace(
  service: string,
  attributes: Readonly<Record<string, string | number>> = {},
): Trace {
  const traceId = '1'.padStart(32, '0');
  const span = {
    traceId,
    spanId: '1'.padStart(16, '0'),
    parentSpanId: undefined,
    name: 'op',
    kind: 'internal' as const,
    service,
    resource: new Map(),
    startTimeUs: 1,
    durationUs: 1,
    status: 'unset' as const,
    statusMessage: undefined,
    attributes: new Map(Object.entries(attributes)),
    events: [],
    links: [],
    warnings: [],
  };
  return makeTrace(traceId, [span])!.trace;
}
