import { readFileSync } from 'node:fs';

/** What a real Jaeger v2.13.0 answered, from test/fixtures/jaeger. */
export type JaegerSample = 'otlp-trace.api.json' | 'otlp-trace.api-v3.json' | 'thrift-traces.api.json';

/** The text of a sample. */
export function jaegerSampleText(name: JaegerSample): string {
  return readFileSync(new URL(`../../fixtures/jaeger/${name}`, import.meta.url), 'utf8');
}

/** The elements of `data` of a sample of `/api/traces`. */
export function jaegerTraces(name: 'otlp-trace.api.json' | 'thrift-traces.api.json'): readonly unknown[] {
  return JSON.parse(jaegerSampleText(name)).data;
}

/** The elements of `resourceSpans` of the sample of `/api/v3/traces`. */
export function jaegerResourceSpans(): readonly unknown[] {
  return JSON.parse(jaegerSampleText('otlp-trace.api-v3.json')).result.resourceSpans;
}
