import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decodeJaegerTrace } from '../../../../src/core/jaeger/decodeJaegerTrace';
import { decodeOtlpResourceSpans } from '../../../../src/core/otlp/decodeOtlpJson';
import type { Span } from '../../../../src/core/trace/span';
import { jaegerResourceSpans, jaegerTraces } from '../jaegerSample';

const old = decodeJaegerTrace(jaegerTraces('otlp-trace.api.json')[0]).traces[0];
const v3 = decodeOtlpResourceSpans(jaegerResourceSpans()).traces[0];

/** Span by span of both forms, by id. */
function pairs(): readonly (readonly [Span, Span])[] {
  const byId = new Map(v3?.spans.map((span) => [span.spanId, span]));
  return (old?.spans ?? []).map((span) => [span, byId.get(span.spanId) ?? assert.fail(span.name)] as const);
}

/** What Jaeger makes tags of in its old form, though OTLP has a field for it. */
const notAttributes = /^(error|span\.kind|otel\..+)$/;

describe('one real trace in the form of /api/traces and of /api/v3/traces', () => {
  it('has the same ids in the same order', () => {
    assert.equal(old?.traceId, v3?.traceId);
    assert.deepEqual(
      old?.spans.map((span) => span.spanId),
      v3?.spans.map((span) => span.spanId),
    );
  });

  it('has the same names, parents, kinds, services, statuses and links', () => {
    const facts = ({ name, parentSpanId, kind, service, status, statusMessage, links }: Span) => ({
      name,
      parentSpanId,
      kind,
      service,
      status,
      statusMessage,
      links,
    });
    for (const [a, b] of pairs()) assert.deepEqual(facts(a), facts(b));
  });

  it('has the same times, to the microsecond', () => {
    for (const [a, b] of pairs()) {
      assert.equal(a.startTimeUs, b.startTimeUs);
      assert.ok(Math.abs(a.durationUs - b.durationUs) <= 1, a.name);
    }
  });

  it('has the same attributes, but for those that stand for fields', () => {
    for (const [a, b] of pairs()) {
      const own = new Map([...a.attributes].filter(([key]) => !notAttributes.test(key)));
      assert.deepEqual(own, new Map(b.attributes));
    }
  });

  it('has the same events', () => {
    for (const [a, b] of pairs()) assert.deepEqual(a.events, b.events);
  });
});
