import assert from 'node:assert/strict';
import { context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { CancellationError } from '../../../src/sources/cancellation';
import { traced, traceparent } from '../../../src/sources/selfTracing';

/** As little of an SDK as can record what is done to spans. */
function recordingProvider(log: string[]) {
  const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
  const span = {
    ...trace.wrapSpanContext(spanContext),
    spanContext: () => spanContext,
    setAttribute: (key: string, value: unknown) => void log.push(`${key}=${value}`),
    setStatus: ({ code }: { code: number }) => void log.push(`status ${SpanStatusCode[code]}`),
    end: () => void log.push('end'),
  } as unknown as Span;
  const startActiveSpan = (name: string, _options: unknown, fn: (active: Span) => unknown) => {
    log.push(name);
    return fn(span);
  };
  return { span, provider: { getTracer: () => ({ startSpan: () => span, startActiveSpan }) } };
}

describe('traced', () => {
  const log: string[] = [];
  before(() => trace.setGlobalTracerProvider(recordingProvider(log).provider as never));
  beforeEach(() => void log.splice(0));
  after(() => trace.disable());

  it('ends the span when the work is done, at once or later', async () => {
    assert.equal(
      traced('a', {}, () => 1),
      1,
    );
    const promise = traced('b', {}, async () => 2);
    assert.deepEqual(log, ['a', 'end', 'b']);
    assert.equal(await promise, 2);
    assert.deepEqual(log, ['a', 'end', 'b', 'end']);
  });

  it('records errors by name, and passes them on; a cancellation is none', async () => {
    const fail = () => {
      throw new TypeError('secret');
    };
    assert.throws(() => traced('a', {}, fail), TypeError);
    await assert.rejects(
      traced('b', {}, async () => fail()),
      TypeError,
    );
    await assert.rejects(traced('c', {}, () => Promise.reject(new CancellationError())));
    const error = ['error.type=TypeError', 'status ERROR', 'end'];
    assert.deepEqual(log, ['a', ...error, 'b', ...error, 'c', 'end']);
  });
});

describe('traceparent', () => {
  it('is random, valid and not sampled without an active span', () => {
    assert.match(traceparent(), /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
    assert.notEqual(traceparent(), traceparent());
  });

  it('is of the active span', () => {
    const { span } = recordingProvider([]);
    const active = trace.setSpan(context.active(), span);
    const manager = {
      active: () => active,
      with: <T>(_: unknown, fn: () => T) => fn(),
      bind: <T>(_: unknown, fn: T) => fn,
    };
    context.setGlobalContextManager({ ...manager, enable: () => manager, disable: () => manager } as never);
    assert.equal(traceparent(), `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`);
    context.disable();
  });
});
