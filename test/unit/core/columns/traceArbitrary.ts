import fc from 'fast-check';
import type { Attributes, Span } from '../../../../src/core/trace/span';
import { spanKinds, spanStatuses } from '../../../../src/core/trace/span';
import { makeTrace, type Trace } from '../../../../src/core/trace/trace';
import { spanId, traceId } from '../spanOf';

const text = fc.oneof(
  fc.constantFrom('', 'work', '__proto__', 'code.file.path', 'storage_latency_ms', 'é', '💥'),
  fc.string({ unit: 'binary', maxLength: 90 }),
);

/** Attributes with keys that come again in others, and values of each kind. */
export const attributesArbitrary: fc.Arbitrary<Attributes> = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          ...[
            'code.file.path',
            'code.line.number',
            'code.lineno',
            'code.function',
            'code.namespace',
            'storage_latency_ms',
          ],
        ),
        text,
      ),
      fc.oneof(
        text,
        fc.boolean(),
        fc.double(),
        fc.integer(),
        fc.constantFrom(0, -0, 2 ** 32 - 1, 2 ** 32, 2 ** 53),
      ),
    ),
    { maxLength: 6 },
  )
  .map((entries) => new Map(entries));

const spanArbitrary = (trace: number): fc.Arbitrary<Span> =>
  fc.record({
    traceId: fc.constant(traceId(trace)),
    spanId: fc.nat(12).map(spanId),
    parentSpanId: fc.option(fc.nat(12).map(spanId), { nil: undefined }),
    name: text,
    kind: fc.constantFrom(...spanKinds),
    service: fc.constantFrom('svc', 'other', ''),
    resource: attributesArbitrary,
    startTimeUs: fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 2e15, noNaN: true })),
    durationUs: fc.nat(5000),
    status: fc.constantFrom(...spanStatuses),
    statusMessage: fc.option(text, { nil: undefined }),
    attributes: attributesArbitrary,
    events: fc.array(fc.record({ name: text, timeUs: fc.nat(), attributes: attributesArbitrary }), {
      maxLength: 2,
    }),
    links: fc.array(fc.record({ traceId: fc.nat(5).map(traceId), spanId: fc.nat(12).map(spanId) }), {
      maxLength: 2,
    }),
    warnings: fc.array(text, { maxLength: 2 }),
  });

/** A trace of at least one span, with all that a span can have. */
export const traceArbitrary = (id: number): fc.Arbitrary<Trace> =>
  fc.array(spanArbitrary(id), { minLength: 1, maxLength: 6 }).map((spans) => {
    const made = makeTrace(traceId(id), spans);
    if (!made) throw new Error('a trace has at least one span');
    return made.trace;
  });

/** Traces of different ids. */
export const tracesArbitrary: fc.Arbitrary<readonly Trace[]> = fc
  .nat(5)
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, id) => traceArbitrary(id + 1))));
