import type { BlockView } from '../columns/blockView';
import { cleanText } from '../trace/cleanText';
import type { InferenceDefinition } from '../trace/inference';

const longestLabel = 120;

/** Reads of a row what it is grouped by: its service, its operation, what it predicted, or attributes of the span, else of its resource. */
export function groupReader(
  view: BlockView,
  groupBy: readonly string[],
  { predictionAttribute }: InferenceDefinition,
): (row: number) => readonly string[] {
  const readers = groupBy.map((label): ((row: number) => string) => {
    switch (label) {
      case 'service':
        return (row) => view.service(row);
      case 'operation':
        return (row) => view.name(view.block.spans.name[row]);
      default: {
        const attribute = label === 'prediction' ? predictionAttribute : label;
        const key = view.refOf(attribute);
        return (row) => textOf(view.attribute(row, key) ?? resourceOf(view, row).get(attribute));
      }
    }
  });
  const [only] = readers;
  if (only && readers.length === 1) return (row) => [only(row)];
  return (row) => readers.map((read) => read(row));
}

function resourceOf(view: BlockView, row: number) {
  return view.resource(view.block.spans.resource[row] ?? 0);
}

function textOf(value: unknown): string {
  return value === undefined ? '' : cleanText(String(value), longestLabel);
}
