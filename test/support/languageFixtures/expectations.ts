const kinds = ['span', 'lens', 'choice', 'attribute'] as const;

/**
 * What stands at a line: the call that opened a span, the lens of its function, the choice of a function that could be the span's as well as
 * another one, the value of an attribute. A fixture says so itself, at the
 * end of its lines: `expect: lens "load"; attribute "storage_latency_ms"`. What no line expects may stand nowhere.
 */
export type ExpectedKind = (typeof kinds)[number];

/** `known missing`: not found yet. `known wrong`: found, but it should not be. Both with a reason behind a semicolon. */
export type ExpectedState = 'expect' | 'known missing' | 'known wrong';

/** One thing that a line of a fixture says of itself. */
export interface Expectation {
  readonly kind: ExpectedKind;
  /** Of the span or the attribute. */
  readonly name: string;
  /** Relative to the folder of all fixtures, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly state: ExpectedState;
  readonly reason: string;
}

const states = /(expect|known missing|known wrong): /;
const item = /^(\w+) ("[^"]+"(?:, "[^"]+")*)\s*(?:\*\/.*)?$/;

/** What the lines of a file say of themselves. Throws where that cannot be read, since a marker that is not read expects nothing. */
export function expectationsIn(file: string, text: string): readonly Expectation[] {
  return text.split('\n').flatMap((content, index) => {
    const [, ...parts] = content.split(states);
    const found: Expectation[] = [];
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const state = parts[i] as ExpectedState;
      const clauses = (parts[i + 1] ?? '').split('; ');
      const reason = clauses.filter((clause) => clause !== '' && !item.test(clause)).join('; ');
      const at = { file, line: index + 1, state, reason };
      const items = clauses.flatMap((clause) => itemsOf(clause).map((each) => ({ ...each, ...at })));
      const isRead = items.length > 0 && (reason === '') === (state === 'expect');
      if (!isRead) throw new Error(`${file}:${index + 1} cannot be read: ${content}`);
      found.push(...items);
    }
    return found;
  });
}

function itemsOf(clause: string): readonly Pick<Expectation, 'kind' | 'name'>[] {
  const [, kind, names = ''] = item.exec(clause) ?? [];
  const known = kinds.find((each) => each === kind);
  return known ? [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ kind: known, name })) : [];
}

/** A line and what stands there, to compare by. */
export function placeOf({ kind, name, file, line }: Omit<Expectation, 'state' | 'reason'>): string {
  return `${file}:${line} ${kind} ${name}`;
}
