/** What runtimes call a function without a name: Go's `func1`, the `2` within it, `-fm`; Python's `<lambda>`; JavaScript's `<anonymous>`. */
const closure = /^(?:(?:gowrap|func)?\d+|deferwrap\d+|<\w+>)$/;

/** A function's name as a runtime gives it, as that of the function with a name that is around it; `undefined` when there is none. */
export function withoutClosures(functionName: string): string | undefined {
  const named = functionName
    .replace(/-(?:fm|range\d+)\b/g, '')
    .replace(/(^|[.$])lambda\$(\w+)\$\d+$/, '$1$2');
  const parts = named.split(/(?<=[^.:])(?=\.|::)/);
  while (parts.length > 0 && closure.test((parts.at(-1) ?? '').replace(/^[.:]+/, ''))) parts.pop();
  return parts.length > 0 ? parts.join('') : undefined;
}
