import { asArray, asObject, type JsonObject, own } from '../decode/jsonValue';

/** What a parsed document, or an element of its list, is. */
export type TraceDocument =
  | { readonly kind: 'jaeger'; readonly traces: readonly unknown[] }
  | { readonly kind: 'otlp'; readonly resourceSpans: readonly unknown[] }
  | { readonly kind: 'foreign' };

/**
 * Tells what parsed JSON is: Jaeger's `{"data": […]}` or one of its traces, OTLP's `{"resourceSpans": […]}`, the same
 * in `{"result": …}` as `/api/v3` answers, or one element of it.
 */
export function recogniseDocument(json: unknown): TraceDocument {
  const object: JsonObject = asObject(json) ?? {};
  const data = own(object, 'data');
  if (Array.isArray(data)) return { kind: 'jaeger', traces: data };
  if (Array.isArray(own(object, 'spans'))) return { kind: 'jaeger', traces: [object] };
  const resourceSpans =
    own(object, 'resourceSpans') ?? own(asObject(own(object, 'result')) ?? {}, 'resourceSpans');
  if (Array.isArray(resourceSpans)) return { kind: 'otlp', resourceSpans: asArray(resourceSpans) };
  return Array.isArray(own(object, 'scopeSpans'))
    ? { kind: 'otlp', resourceSpans: [object] }
    : { kind: 'foreign' };
}

/** The list in a document that is read element by element. */
export type StreamedList = 'data' | 'spans' | 'resourceSpans' | 'root';

/**
 * Tells by the beginning of a document which of its lists to read element by element; `undefined`: read it whole.
 * Sees the first key that is one of ours and has a list; a quote in a string has a backslash before it.
 */
export function listToStream(head: string): StreamedList | undefined {
  if (/^\s*\[/.test(head)) return 'root';
  const key = /(?<!\\)"(data|spans|resourceSpans|scopeSpans)"\s*:\s*\[/.exec(head)?.[1];
  return key === 'data' || key === 'spans' || key === 'resourceSpans' ? key : undefined;
}
