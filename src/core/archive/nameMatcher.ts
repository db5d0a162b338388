/** Whether a name fits one of some patterns: `*` stands for any characters, none included; case does not matter. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const parts = patterns.map((pattern) => pattern.toLowerCase().split('*'));
  return (name) => {
    const lower = name.toLowerCase();
    return parts.some((literals) => fits(lower, literals));
  };
}

/** Greedy from the left, which is right for `*` alone and takes linear time, whatever the pattern; a regular expression might not. */
function fits(name: string, literals: readonly string[]): boolean {
  const [first = '', ...rest] = literals;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const literal of rest) {
    const found = name.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return at + last.length <= name.length;
}
