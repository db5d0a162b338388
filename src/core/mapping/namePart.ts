import { isTelling, type NamePattern } from './namePattern';

/** A piece of a text that the source computes: written out, the value of a constant by its name, or anything. */
export type NamePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'unknown' };

/** What the constants of a file are, by name; `undefined` for a name that is no constant, as it is assigned more than once. */
export type Constants = ReadonlyMap<string, readonly NamePart[] | undefined>;

/** Constants within constants that are followed. */
const deepest = 4;

/** The text that parts make, as far as it is known; `undefined` when too little of it is. */
export function resolveName(parts: readonly NamePart[], constants: Constants): NamePattern | undefined {
  const pieces = [''];
  const append = (part: NamePart, depth: number): void => {
    const value = part.kind === 'reference' ? constants.get(part.name) : undefined;
    if (part.kind === 'text') pieces.push((pieces.pop() ?? '') + part.text);
    else if (value && depth < deepest) for (const each of value) append(each, depth + 1);
    else pieces.push('');
  };
  for (const part of parts) append(part, 0);
  // Two things side by side that are not known are one.
  const pattern = pieces.filter(
    (piece, i) => piece !== '' || i === 0 || i === pieces.length - 1 || pieces.length === 1,
  );
  return isTelling(pattern) ? pattern : undefined;
}
