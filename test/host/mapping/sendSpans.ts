import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';

/** A span as a test sends it; ids are numbers. */
export interface SentSpan {
  readonly id: number;
  readonly name: string;
  readonly parent?: number;
  readonly kind?: number;
  readonly scope?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Of an exception that it records. */
  readonly stack?: string;
}

/** The trace that all of a number's spans are in. */
export const traceIdOf = (trace: number) => String(trace).padStart(32, '0');

/** The id of a span of a number. */
export const spanIdOf = (span: number) => String(span).padStart(16, '0');

/** Sends a trace to the window's own receiver. */
export async function sendSpans(trace: number, service: string, spans: readonly SentSpan[]): Promise<void> {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  const scopeSpans = spans.map((span) => ({
    scope: { name: span.scope ?? 'test' },
    spans: [encode(trace, span)],
  }));
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] });
  // A setting that changes may have the receiver begin anew.
  await waitUntil('the spans are taken', async () => {
    await vscode.commands.executeCommand('whyspan.copyExporterSettings');
    const [, endpoint] = /ENDPOINT=(\S+)/.exec(await vscode.env.clipboard.readText()) ?? [];
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const answer = await fetch(`${endpoint}/v1/traces`, { method: 'POST', headers, body }).catch(
      () => undefined,
    );
    return answer?.status === 200;
  });
}

function encode(trace: number, { id, name, parent, kind = 1, attributes = {}, stack }: SentSpan): object {
  const endNs = BigInt(Date.now()) * 1_000_000n;
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  return {
    ...{ traceId: traceIdOf(trace), spanId: spanIdOf(id), name, kind },
    ...(parent === undefined ? {} : { parentSpanId: spanIdOf(parent) }),
    startTimeUnixNano: String(endNs - 5_000_000n),
    endTimeUnixNano: String(endNs),
    attributes: Object.entries(attributes).map(([key, value]) =>
      typeof value === 'string' ? text(key, value) : { key, value: { intValue: String(value) } },
    ),
    events:
      stack === undefined
        ? []
        : [
            {
              name: 'exception',
              timeUnixNano: String(endNs),
              attributes: [text('exception.stacktrace', stack)],
            },
          ],
  };
}
