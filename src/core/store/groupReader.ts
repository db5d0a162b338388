import type { BlockView } from '../columns/blockView';
import { cleanText } from '../trace/cleanText';
import type { HeldBlock } from './heldBlock';

const longestLabel = 120;

/** What tells groups apart. */
export interface GroupReader {
  keyOf(row: number): string;
  labelsOf(row: number): readonly string[];
}

/** Reads of a row what it is grouped by: its service, its operation, what it predicted, or attributes of the span, else of its resource. */
export function groupReader(held: HeldBlock, groupBy: readonly string[]): GroupReader {
  const { view } = held;
  const readers = groupBy.map((label): ((row: number) => string) => {
    switch (label) {
      case 'service':
        return (row) => view.service(row);
      case 'operation':
        return (row) => view.name(view.block.spans.name[row]);
      case 'prediction':
        return (row) => held.inferenceAt(row)?.prediction ?? '';
      default: {
        const key = view.refOf(label);
        return (row) => textOf(view.attribute(row, key) ?? resourceOf(view, row).get(label));
      }
    }
  });
  const [only] = readers;
  // Mostly there is one, and a list for each row would be much.
  if (only && readers.length === 1) return { keyOf: only, labelsOf: (row) => [only(row)] };
  const labelsOf = (row: number) => readers.map((read) => read(row));
  return { keyOf: (row) => labelsOf(row).join('\0'), labelsOf };
}

function resourceOf(view: BlockView, row: number) {
  return view.resource(view.block.spans.resource[row] ?? 0);
}

function textOf(value: unknown): string {
  return value === undefined ? '' : cleanText(String(value), longestLabel);
}
