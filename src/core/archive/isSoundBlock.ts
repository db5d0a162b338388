import { keyMask, kindShift, valueKinds } from '../columns/attributeValue';
import type { AttributeColumns, SpanBlock } from '../columns/spanBlock';
import { spanKinds, spanStatuses } from '../trace/span';

/** Whether all that a block refers to is there, so that reading it never leaves its columns; of what encodeBlock writes. */
export function isSoundBlock(block: SpanBlock): boolean {
  const { texts, traces, spans, events, links, warnings, resources } = block;
  const count = spans.id.length;
  const textCount = texts.ends.length;
  const columns = [spans.parent, spans.name, spans.resource, spans.kind, spans.status, spans.statusMessage];
  const hasEqualLengths =
    [...columns, spans.startTimeUs, spans.durationUs].every(({ length }) => length === count) &&
    events.timeUs.length === events.name.length &&
    links.spanId.length === links.traceId.length;
  const ends: readonly (readonly [Uint32Array, owners: number, items: number])[] = [
    [texts.ends, textCount, texts.bytes.length],
    [traces.spanEnds, traces.id.length, count],
    [spans.eventEnds, count, events.name.length],
    [spans.linkEnds, count, links.traceId.length],
    [spans.warningEnds, count, warnings.length],
  ];
  const references = [
    ...[traces.id, spans.id, spans.parent, spans.name, spans.statusMessage, events.name],
    ...[links.traceId, links.spanId, warnings, resources.service],
  ];
  return (
    hasEqualLengths &&
    texts.ends[0] === 0 &&
    ends.every(([column, owners, items]) => isOrdered(column, owners, items)) &&
    references.every((column) => isBelow(column, textCount)) &&
    isBelow(spans.resource, resources.service.length) &&
    isBelow(spans.kind, spanKinds.length) &&
    isBelow(spans.status, spanStatuses.length) &&
    areTimes(spans.startTimeUs) &&
    areTimes(spans.durationUs) &&
    areTimes(events.timeUs) &&
    areSoundAttributes(block, spans.attributes, count) &&
    areSoundAttributes(block, events.attributes, events.name.length) &&
    areSoundAttributes(block, resources.attributes, resources.service.length)
  );
}

function areSoundAttributes(block: SpanBlock, columns: AttributeColumns, owners: number): boolean {
  const { ends, keys, values } = columns;
  if (values.length !== keys.length || !isOrdered(ends, owners, keys.length)) return false;
  const textCount = block.texts.ends.length;
  const limits = { [valueKinds.boolean]: 2, [valueKinds.text]: textCount } as const;
  for (let i = 0; i < keys.length; i++) {
    const packed = keys[i] ?? 0;
    const kind = packed >>> kindShift;
    const value = values[i] ?? 0;
    if ((packed & keyMask) >= textCount) return false;
    if (kind === valueKinds.number && value >= block.numbers.length) return false;
    if ((kind === valueKinds.boolean || kind === valueKinds.text) && value >= limits[kind]) return false;
  }
  return true;
}

/** Whether ends never go back and the last is where the items end. */
function isOrdered(ends: Uint32Array, owners: number, items: number): boolean {
  if (ends.length !== owners) return false;
  for (let i = 1; i < ends.length; i++) if ((ends[i] ?? 0) < (ends[i - 1] ?? 0)) return false;
  return (ends[ends.length - 1] ?? 0) === items;
}

function isBelow(column: Uint32Array | Uint8Array, limit: number): boolean {
  for (let i = 0; i < column.length; i++) if ((column[i] ?? 0) >= limit) return false;
  return true;
}

function areTimes(column: Float64Array): boolean {
  for (const time of column) if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) return false;
  return true;
}
