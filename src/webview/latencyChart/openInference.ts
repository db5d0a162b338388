/** Shows the trace of an inference in the tree, or the line of code that made it. */
export type OpenInference = (
  what: 'reveal' | 'line',
  ids: { readonly traceId: string; readonly spanId: string },
) => void;
