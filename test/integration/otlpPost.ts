import { randomBytes } from 'node:crypto';

/** A span to send; times in microseconds. */
export interface SentSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly startUs: number;
  readonly durationUs: number;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

export const newTraceId = () => randomBytes(16).toString('hex');
export const newSpanId = () => randomBytes(8).toString('hex');

/** Posts spans to an OTLP/HTTP receiver as JSON; NaN and the infinities as protobuf's JSON writes them. */
export async function postSpans(
  otlpHttp: string,
  spans: readonly SentSpan[],
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const answer = await fetch(`${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ resourceSpans: spans.map(resourceSpans) }),
  });
  if (!answer.ok) throw new Error(`OTLP ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

function resourceSpans(span: SentSpan): unknown {
  const { traceId = newTraceId(), spanId = newSpanId(), parentSpanId = '' } = span;
  const times = {
    startTimeUnixNano: `${Math.round(span.startUs)}000`,
    endTimeUnixNano: `${Math.round(span.startUs + span.durationUs)}000`,
  };
  const attributes = Object.entries(span.attributes ?? {}).map(([key, value]) => ({
    key,
    value: otlpValue(value),
  }));
  return {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: span.service } }] },
    scopeSpans: [
      { spans: [{ traceId, spanId, parentSpanId, name: span.name, kind: 1, ...times, attributes }] },
    ],
  };
}

function otlpValue(value: string | number): unknown {
  if (typeof value === 'string') return { stringValue: value };
  return { doubleValue: Number.isFinite(value) ? value : String(value) };
}
