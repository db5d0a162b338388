const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text of its UTF-8. What is no UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > 64) return decoder.decode(bytes.subarray(from, to));
  let text = '';
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    // Calling the decoder costs more than a short text of ASCII does.
    if (byte >= 0x80) return decoder.decode(bytes.subarray(from, to));
    text += String.fromCharCode(byte);
  }
  return text;
}
