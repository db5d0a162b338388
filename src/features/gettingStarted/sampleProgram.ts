/** Where the shipped program sends its spans, when nothing else is said. */
const shippedEndpoint = 'http://127.0.0.1:4318';

/** The text of the sample program with the address to which it sends its spans by default. */
export function sampleProgram(shipped: string, otlpUrl: string | undefined): string {
  return otlpUrl === undefined ? shipped : shipped.replace(shippedEndpoint, () => otlpUrl);
}
