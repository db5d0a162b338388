/** The trace id in what a user typed or pasted, filled up as the store has it. */
export function traceIdIn(text: string): string | undefined {
  const id = /(?:^|\/trace\/)([0-9a-f]{1,32})(?:[?#].*)?$/i.exec(text.trim())?.[1]?.toLowerCase();
  return id?.padStart(id.length <= 16 ? 16 : 32, '0');
}
