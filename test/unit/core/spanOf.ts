import type { AttributeValue, Span } from '../../../src/core/trace/span';
import { makeTrace, type Trace } from '../../../src/core/trace/trace';

/** What a test cares about of a span; ids may be any number. */
export interface SpanDraft extends Partial<Omit<Span, 'traceId' | 'spanId' | 'parentSpanId' | 'attributes'>> {
  readonly id?: number;
  readonly parent?: number;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** A 16-digit id. */
export const spanId = (id: number) => id.toString(16).padStart(16, '0');

/** A 32-digit id. */
export const traceId = (id: number) => id.toString(16).padStart(32, '0');

/** A span with defaults for all that a test does not name. */
export function spanOf({ id = 1, parent, attributes = {}, ...rest }: SpanDraft = {}, ofTrace = 1): Span {
  return {
    traceId: traceId(ofTrace),
    spanId: spanId(id),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    name: 'work',
    kind: 'internal',
    service: 'svc',
    resource: new Map(),
    startTimeUs: 0,
    durationUs: 0,
    status: 'unset',
    statusMessage: undefined,
    attributes: new Map(Object.entries(attributes)),
    events: [],
    links: [],
    warnings: [],
    ...rest,
  };
}

/** A trace of at least one span. */
export function traceOf(drafts: readonly SpanDraft[], id = 1): Trace {
  const made = makeTrace(
    traceId(id),
    drafts.map((draft) => spanOf(draft, id)),
  );
  if (!made) throw new Error('a trace has at least one span');
  return made.trace;
}
