import assert from 'node:assert/strict';
import type { DecodeResult } from '../../../../src/core/decode/decodeProblem';
import { endTimeUs, type Span } from '../../../../src/core/trace/span';

/** Holds all that the types and comments of Trace and Span promise, whatever was decoded. */
export function assertSound({ traces, problems }: DecodeResult): void {
  for (const trace of traces) {
    assert.ok(trace.spans.length > 0, 'a trace has spans');
    assert.equal(new Set(trace.spans.map((span) => span.spanId)).size, trace.spans.length, 'ids are unique');
    assert.equal(trace.startTimeUs, Math.min(...trace.spans.map((span) => span.startTimeUs)));
    assert.equal(trace.endTimeUs, Math.max(...trace.spans.map(endTimeUs)));
    assert.ok(Number.isFinite(trace.startTimeUs) && Number.isFinite(trace.endTimeUs), 'times are finite');
    trace.spans.forEach((span, i) => {
      assertSoundSpan(span);
      assert.equal(span.traceId, trace.traceId);
      const before = trace.spans[i - 1];
      if (before) assert.ok(before.startTimeUs <= span.startTimeUs, 'spans are ordered by start');
    });
  }
  for (const { what, where } of problems) assert.ok(what !== '' && typeof where === 'string');
}

function assertSoundSpan(span: Span): void {
  assert.match(span.traceId, /^([0-9a-f]{16}|[0-9a-f]{32})$/);
  assert.match(span.spanId, /^([0-9a-f]{16}|[0-9a-f]{32})$/);
  if (span.parentSpanId !== undefined) assert.match(span.parentSpanId, /^([0-9a-f]{16}|[0-9a-f]{32})$/);
  assert.ok(span.durationUs >= 0, 'a duration is not negative');
  assert.ok(['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'].includes(span.kind));
  assert.ok(['unset', 'ok', 'error'].includes(span.status));
  assert.ok(typeof span.name === 'string' && typeof span.service === 'string' && span.service !== '');
  for (const attributes of [
    span.attributes,
    span.resource,
    ...span.events.map((event) => event.attributes),
  ]) {
    for (const [key, value] of attributes) {
      assert.equal(typeof key, 'string');
      assert.ok(['string', 'number', 'boolean'].includes(typeof value));
    }
  }
  for (const event of span.events) assert.ok(Number.isFinite(event.timeUs) && typeof event.name === 'string');
  for (const link of span.links) assert.ok(link.traceId !== '' && link.spanId !== '');
  for (const warning of span.warnings) assert.equal(typeof warning, 'string');
}
