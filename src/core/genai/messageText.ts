/** Longer JSON is not parsed for its beginning. */
const longestParsed = 16_384;
const looked = 4096;

/**
 * The first text in messages that are written as JSON (OpenTelemetry's `parts`, OpenAI's `content`), or the text itself where it is no JSON;
 * `undefined` when there is none in them (a call of a tool). Of long messages only the beginning is looked at.
 */
export function messageText(value: string): string | undefined {
  const head = value.slice(0, looked).trimStart();
  if (head === '') return undefined;
  if (!/^[[{]/.test(head)) return head;
  if (value.length > longestParsed) return textInBeginning(head);
  try {
    const parsed: unknown = JSON.parse(value);
    return isMessage(parsed) ? textIn(parsed, 0) : head;
  } catch {
    return textInBeginning(head) ?? head;
  }
}

const holders = [
  'content',
  'text',
  'parts',
  'message',
  'messages',
  'choices',
  'candidates',
  'output',
  'generations',
];
const messageKeys = [...holders, 'role', 'tool_calls'];

/** JSON that a model was asked to answer with is the answer itself. */
function isMessage(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null && messageKeys.some((key) => key in first);
}

function textIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null || depth > 8) return undefined;
  const inner = Array.isArray(value) ? value : inOrder(value);
  for (const each of inner) {
    const text = textIn(each, depth + 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What may hold the text of a message. A part of another type than text (a call of a tool, a thought) holds none. */
function inOrder(message: object): readonly unknown[] {
  const type: unknown = Reflect.get(message, 'type');
  if (typeof type === 'string' && !/text|message/.test(type)) return [];
  return holders.map((key): unknown => Reflect.get(message, key));
}

/** JSON that ends too early is no JSON: looks for the first text that is written in it. */
function textInBeginning(head: string): string | undefined {
  const found = /"(?:content|text)"\s*:\s*"((?:[^"\\]|\\.)+)/.exec(head)?.[1];
  if (found === undefined) return undefined;
  try {
    return String(JSON.parse(`"${found}"`));
  } catch {
    return found;
  }
}
