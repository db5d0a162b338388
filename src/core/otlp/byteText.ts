const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** Up to this many bytes of ASCII are made into text faster here than by a TextDecoder, whose every call leaves JavaScript. */
const longestByHand = 64;
/** For each length an array to hand characters over in: one call makes a flat string, adding up would make a chain. */
const scratch: readonly number[][] = Array.from({ length: longestByHand + 1 }, (_, length) =>
  new Array<number>(length).fill(0),
);
const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 as text; what is no UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  const characters = scratch[end - start];
  if (!characters) return utf8.decode(bytes.subarray(start, end));
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > 0x7f) return utf8.decode(bytes.subarray(start, end));
    characters[i - start] = byte;
  }
  return String.fromCharCode.apply(null, characters);
}

/** At most 32 bytes as lower-case hex. */
export function hexText(bytes: Uint8Array, start: number, end: number): string {
  const characters = scratch[2 * (end - start)] ?? [];
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    characters[2 * (i - start)] = hexDigits[byte >> 4] ?? 0;
    characters[2 * (i - start) + 1] = hexDigits[byte & 15] ?? 0;
  }
  return String.fromCharCode.apply(null, characters);
}

/** Whether all bytes are zero. */
export function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Bytes as Base64 (RFC 4648, with padding), as OTLP's JSON writes them. */
export function base64Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const sextet = (shift: number) => base64Digits.charAt((bits >> shift) & 63);
    parts.push(sextet(18), sextet(12), left > 1 ? sextet(6) : '=', left > 2 ? sextet(0) : '=');
  }
  return parts.join('');
}
