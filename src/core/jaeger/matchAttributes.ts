import type { Trace } from '../trace/trace';

/** Whether one span of the service carries all the attributes, itself or in its resource, written as in Jaeger's search. */
export function hasAttributes(
  trace: Trace,
  service: string,
  attributes: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(attributes);
  if (wanted.length === 0) return true;
  return trace.spans.some(
    (span) =>
      span.service === service &&
      wanted.every(([key, value]) =>
        [span.attributes.get(key), span.resource.get(key)].some(
          (found) => found !== undefined && String(found) === value,
        ),
      ),
  );
}
