import type { BlockBuilder } from '../columns/blockBuilder';
import { TraceCopier } from '../columns/copyTrace';
import type { AttributeColumns, SpanBlock } from '../columns/spanBlock';
import { ColumnReader } from './columnReader';
import { isSoundBlock } from './isSoundBlock';

/** Writes the block of a record's payload into a builder, which tells anew what was left out; false, and nothing, when it is none. */
export function decodeBlock(payload: Uint8Array, builder: BlockBuilder): boolean {
  const reader = new ColumnReader(payload);
  const stored = readBlock(reader);
  if (!reader.isSound || !isSoundBlock(stored)) return false;
  const copier = new TraceCopier(stored, builder);
  for (let trace = 0; trace < stored.traces.id.length; trace++) copier.copy(trace);
  return true;
}

/** In the order of encodeBlock; what was left out is empty. */
function readBlock(reader: ColumnReader): SpanBlock {
  const texts = { bytes: reader.bytes(), ends: reader.words() };
  const numbers = reader.doubles();
  const traces = { id: reader.words(), spanEnds: reader.words() };
  const [id, parent, name, resource] = [reader.words(), reader.words(), reader.words(), reader.words()];
  const [kind, status, statusMessage] = [reader.bytes(), reader.bytes(), reader.words()];
  const [startTimeUs, durationUs] = [reader.doubles(), reader.doubles()];
  const attributes = readAttributes(reader);
  const [eventEnds, linkEnds, warningEnds] = [reader.words(), reader.words(), reader.words()];
  const events = { name: reader.words(), timeUs: reader.doubles(), attributes: readAttributes(reader) };
  const links = { traceId: reader.words(), spanId: reader.words() };
  const warnings = reader.words();
  const resources = { service: reader.words(), attributes: readAttributes(reader) };
  const none = new Uint32Array(0);
  const noTimes = new Float64Array(0);
  return {
    ...{ texts, numbers, events, links, warnings, resources },
    traces: { ...traces, startTimeUs: noTimes, endTimeUs: noTimes, fingerprint: none, bytes: none },
    spans: {
      ...{ id, parent, name, resource, kind, status, statusMessage, startTimeUs, durationUs },
      ...{ attributes, eventEnds, linkEnds, warningEnds, site: none },
    },
    sites: {
      ...{ service: none, name: none, filePath: none, line: none, functionName: none },
      ...{ flags: none, operation: none, caller: none },
    },
  };
}

function readAttributes(reader: ColumnReader): AttributeColumns {
  return { ends: reader.words(), keys: reader.words(), values: reader.words() };
}
