/** Four tables, so that four bytes are taken at once. */
const tables = makeTables();

/** CRC-32 as zip and PNG use it (IEEE 802.3, reflected), not negative. */
export function crc32(bytes: Uint8Array): number {
  const [one, two, three, four] = tables;
  const { length } = bytes;
  const even = length - (length % 4);
  let crc = -1;
  let i = 0;
  for (; i < even; i += 4) {
    crc ^=
      (bytes[i] ?? 0) |
      ((bytes[i + 1] ?? 0) << 8) |
      ((bytes[i + 2] ?? 0) << 16) |
      ((bytes[i + 3] ?? 0) << 24);
    crc =
      (four[crc & 0xff] ?? 0) ^
      (three[(crc >>> 8) & 0xff] ?? 0) ^
      (two[(crc >>> 16) & 0xff] ?? 0) ^
      (one[crc >>> 24] ?? 0);
  }
  for (; i < length; i++) crc = (one[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

type Tables = readonly [Int32Array, Int32Array, Int32Array, Int32Array];

function makeTables(): Tables {
  const made: Tables = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)];
  const [one] = made;
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    one[byte] = crc;
  }
  for (let table = 1; table < 4; table++)
    for (let byte = 0; byte < 256; byte++) {
      const before = made[table - 1]?.[byte] ?? 0;
      const into = made[table];
      if (into) into[byte] = (before >>> 8) ^ (one[before & 0xff] ?? 0);
    }
  return made;
}
