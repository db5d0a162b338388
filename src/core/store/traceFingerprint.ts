import type { AttributeValue } from '../trace/span';
import type { Trace } from '../trace/trace';

/** A number that changes when anything that is seen of the spans of a trace does (FNV-1a, 32 bits). */
export function traceFingerprint(trace: Trace): number {
  let hash = 0x811c9dc5;
  const add = (value: number) => {
    hash = Math.imul(hash ^ ((value % 0x7fffffff) | 0), 0x01000193);
  };
  const addText = (text: string) => {
    add(text.length);
    for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
  };
  const addAttributes = (attributes: ReadonlyMap<string, AttributeValue>) => {
    for (const [key, value] of attributes) {
      addText(key);
      addText(String(value));
    }
  };
  for (const span of trace.spans) {
    addText(span.spanId);
    addText(span.parentSpanId ?? '');
    addText(span.name);
    addText(span.service);
    add(span.startTimeUs);
    add(span.durationUs);
    addText(span.status);
    addAttributes(span.attributes);
    for (const event of span.events) {
      addText(event.name);
      add(event.timeUs);
      addAttributes(event.attributes);
    }
  }
  return hash >>> 0;
}
