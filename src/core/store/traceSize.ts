import type { Attributes } from '../trace/span';
import type { Trace } from '../trace/trace';

const bytesPerSpan = 400;
const bytesPerEntry = 60;

/** Estimate of the memory that a trace takes, in bytes: fixed costs, and two bytes a character. */
export function estimateTraceBytes(trace: Trace): number {
  let bytes = bytesPerSpan;
  const resources = new Set<Attributes>();
  for (const span of trace.spans) {
    bytes += bytesPerSpan + 2 * (span.name.length + (span.statusMessage?.length ?? 0));
    bytes += attributesBytes(span.attributes);
    for (const event of span.events) {
      bytes += bytesPerEntry + 2 * event.name.length + attributesBytes(event.attributes);
    }
    for (const warning of span.warnings) bytes += bytesPerEntry + 2 * warning.length;
    bytes += span.links.length * bytesPerEntry;
    if (!resources.has(span.resource)) {
      resources.add(span.resource);
      bytes += attributesBytes(span.resource);
    }
  }
  return bytes;
}

function attributesBytes(attributes: Attributes): number {
  let bytes = 0;
  for (const [key, value] of attributes) {
    bytes += bytesPerEntry + 2 * (key.length + (typeof value === 'string' ? value.length : 0));
  }
  return bytes;
}
