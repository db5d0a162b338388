import type { AttributeColumns, SpanBlock } from '../columns/spanBlock';
import { packColumns } from './packColumns';

/**
 * A block as the payload of a record. What can be told from the rest is left out (where traces begin and end, what they weigh, which place in
 * the code made a span): another version of Whyspan may see it otherwise. The order of the columns is the format; decodeBlock reads it.
 */
export function encodeBlock(block: SpanBlock): Uint8Array<ArrayBuffer> {
  const { texts, numbers, traces, spans, events, links, warnings, resources } = block;
  return packColumns([
    ...[texts.bytes, texts.ends, numbers, traces.id, traces.spanEnds],
    ...[spans.id, spans.parent, spans.name, spans.resource, spans.kind, spans.status, spans.statusMessage],
    ...[spans.startTimeUs, spans.durationUs, ...attributeColumns(spans.attributes)],
    ...[spans.eventEnds, spans.linkEnds, spans.warningEnds],
    ...[events.name, events.timeUs, ...attributeColumns(events.attributes)],
    ...[links.traceId, links.spanId, warnings],
    ...[resources.service, ...attributeColumns(resources.attributes)],
  ]);
}

function attributeColumns({ ends, keys, values }: AttributeColumns) {
  return [ends, keys, values];
}
