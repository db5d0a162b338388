import { crc32 } from './crc32';

/** What a record holds. Its format's version is in its marker: readers pass over records of versions that they don't know. */
export const recordKinds = {
  /** A block of spans, see encodeBlock.ts. */
  spans: 0x01_4e_50_53,
  /** Summaries of minutes, see encodeMinutes.ts. */
  minutes: 0x01_4e_49_4d,
} as const;

/** One of the kinds of records. */
export type RecordKind = (typeof recordKinds)[keyof typeof recordKinds];

/** Bytes before the payload: marker, length, time (two words), CRC of the payload, CRC of all these. */
export const headerBytes = 24;

/** Longest payload that is written, and taken for one. */
export const maxPayloadBytes = 64 * 1024 ** 2;

/** A record as it was read. */
export interface StoredRecord {
  /** When it was written, in milliseconds since the Unix epoch. */
  readonly timeMs: number;
  /** Lies in the bytes that were read. */
  readonly payload: Uint8Array;
}

/** What could be read of a file, and how many of its bytes belong to no whole record. */
export interface ReadRecords {
  readonly records: readonly StoredRecord[];
  readonly lostBytes: number;
}

/** What is written before a payload. */
export function recordHeader(kind: RecordKind, timeMs: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  view.setUint32(0, kind, true);
  view.setUint32(4, payload.length, true);
  view.setFloat64(8, timeMs, true);
  view.setUint32(16, crc32(payload), true);
  view.setUint32(20, crc32(header.subarray(0, 20)), true);
  return header;
}

/**
 * The records of a kind in the bytes of a file. What is torn or damaged is passed over: where no record begins, the next marker is looked
 * for, so that one record is lost and not the rest. The header has a CRC of its own, so that no length is believed that was not written.
 */
export function readRecords(bytes: Uint8Array, kind: RecordKind): ReadRecords {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: StoredRecord[] = [];
  let at = 0;
  let taken = 0;
  while (at + headerBytes <= bytes.length) {
    const length = recordLength(bytes, view, at);
    if (length < 0) {
      at = nextMarker(bytes, at + 1, kind);
      continue;
    }
    const payload = bytes.subarray(at + headerBytes, at + headerBytes + length);
    const isWhole = crc32(payload) === view.getUint32(at + 16, true);
    if (isWhole && view.getUint32(at, true) === kind) {
      records.push({ timeMs: view.getFloat64(at + 8, true), payload });
      taken += headerBytes + length;
    }
    // Also when it is damaged: looking for markers within it would let whoever wrote a text there make this slow.
    at += headerBytes + length;
  }
  return { records, lostBytes: bytes.length - taken };
}

/** The length of the payload of a record that begins here; -1 when none does, or its end is not there. */
function recordLength(bytes: Uint8Array, view: DataView, at: number): number {
  const length = view.getUint32(at + 4, true);
  if (length > maxPayloadBytes || at + headerBytes + length > bytes.length) return -1;
  return crc32(bytes.subarray(at, at + 20)) === view.getUint32(at + 20, true) ? length : -1;
}

/** Where the next marker of a kind is; the end when there is none. */
function nextMarker(bytes: Uint8Array, from: number, kind: RecordKind): number {
  const first = kind & 0xff;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    const isMarker =
      bytes[at + 1] === ((kind >>> 8) & 0xff) &&
      bytes[at + 2] === ((kind >>> 16) & 0xff) &&
      bytes[at + 3] === kind >>> 24;
    if (isMarker) return at;
  }
  return bytes.length;
}
