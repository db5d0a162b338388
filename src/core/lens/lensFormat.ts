/** A piece of a part: words as they are written, or a field by its name. */
type Piece = { readonly words: string } | { readonly field: string };

/** What stands between two separators, and the separator before it. */
interface Part {
  readonly separator: string;
  readonly pieces: readonly Piece[];
}

const separators = /(\s+[·|—]\s+)/;
const field = /\{([^{}]*)\}/;

/**
 * What a lens says, as the user wrote it: words and `{fields}` in parts that ` · `, ` | ` or ` — ` separates. A part with a field that has
 * nothing to say is left out, with its words and its separator.
 */
export class LensFormat {
  readonly #parts: readonly Part[];
  /** The names of all fields, each once. */
  readonly fields: readonly string[];

  constructor(format: string) {
    const tokens = format.split(separators);
    this.#parts = tokens.flatMap((token, i) =>
      i % 2 === 0 ? [{ separator: tokens[i - 1] ?? '', pieces: piecesOf(token) }] : [],
    );
    const names = this.#parts.flatMap(({ pieces }) =>
      pieces.flatMap((piece) => ('field' in piece ? [piece.field] : [])),
    );
    this.fields = [...new Set(names)];
  }

  /** The lens, with what `say` gives for each field; it is asked for fields of the format only. */
  fill(say: (field: string) => string): string {
    let text = '';
    for (const { separator, pieces } of this.#parts) {
      const words = pieces.map((piece) => ('field' in piece ? say(piece.field) : piece.words));
      const isSilent = pieces.some((piece, i) => 'field' in piece && words[i] === '');
      const part = words.join('').trim();
      if (isSilent || part === '') continue;
      text += text === '' ? part : `${separator}${part}`;
    }
    return text;
  }
}

function piecesOf(token: string): readonly Piece[] {
  return token.split(field).flatMap((text, i): readonly Piece[] => {
    if (i % 2 === 1) return [{ field: text.trim() }];
    return text === '' ? [] : [{ words: text }];
  });
}
