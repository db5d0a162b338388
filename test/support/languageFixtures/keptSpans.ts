import type { AttributeValue, Span } from '../../../src/core/trace/span';
import { makeTrace, type Trace } from '../../../src/core/trace/trace';

/** Spans of a run that are alike: what of them is the same in each run. */
export interface KeptSpan {
  readonly name: string;
  readonly parent?: string;
  readonly kind: Span['kind'];
  readonly service: string;
  readonly count: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

const keptKeys = /^(?:code\.|db\.|otel\.scope\.name$)/;
/** Measured anew in each run. */
const latencyKey = 'storage_latency_ms';
const predictionKey = 'model_prediction';
/** Where a fixture's folder was in the runs that are kept. */
const elsewhere = '/srv/app';

/** What is kept of the spans of a run; `folder` is where the fixture lay. */
export function keptOf(spans: readonly Span[], folder: string): readonly KeptSpan[] {
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  const counts = new Map<string, { readonly kept: Omit<KeptSpan, 'count'>; count: number }>();
  for (const span of spans) {
    const parent = names.get(span.parentSpanId ?? '');
    const attributes = Object.fromEntries(
      [...span.attributes]
        .flatMap(([key, value]): [string, AttributeValue][] => {
          if (key === latencyKey) return [[key, 1]];
          if (key === predictionKey) return [[key, value]];
          return keptKeys.test(key) ? [[key, moved(value, folder)]] : [];
        })
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const { name, kind, service } = span;
    const kept = { name, ...(parent === undefined ? {} : { parent }), kind, service, attributes };
    const key = JSON.stringify(kept);
    const counted = counts.get(key) ?? { kept, count: 0 };
    counted.count++;
    counts.set(key, counted);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        ,
        {
          kept: { attributes, ...kept },
          count,
        },
      ]) => ({ ...kept, count, attributes }),
    );
}

/** A file of kept spans: one a line. */
export function keptText(kept: readonly KeptSpan[]): string {
  return `[\n${kept.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`;
}

/** Kept spans as a trace, each below one that is called as its parent was. */
export function traceOfKept(kept: readonly KeptSpan[], id: number): Trace {
  const traceId = id.toString(16).padStart(32, '5');
  const rows = kept.flatMap((each) => Array.from({ length: each.count }, () => each));
  const spanId = (row: number) => (row + 1).toString(16).padStart(16, '0');
  const spans = rows.map((each, row): Span => {
    const parent = rows.findIndex(({ name }) => name === each.parent);
    return {
      ...{ traceId, spanId: spanId(row), parentSpanId: parent < 0 ? undefined : spanId(parent) },
      ...{ name: each.name, kind: each.kind, service: each.service },
      ...{ resource: new Map(), startTimeUs: row * 1000, durationUs: 500 },
      ...{ status: 'unset', statusMessage: undefined, events: [], links: [], warnings: [] },
      attributes: new Map(Object.entries(each.attributes)),
    };
  });
  const made = makeTrace(traceId, spans);
  if (!made) throw new Error('no spans were kept');
  return made.trace;
}

function moved(value: AttributeValue, folder: string): AttributeValue {
  if (typeof value !== 'string' || !value.startsWith(folder)) return value;
  return elsewhere + value.slice(folder.length).replaceAll('\\', '/');
}
