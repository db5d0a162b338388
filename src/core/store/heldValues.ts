import { mostGroups, type Selection, type ValueSeries, type ValueSource } from '../alerts/valueColumn';
import type { InferenceDefinition } from '../trace/inference';
import type { Span } from '../trace/span';
import { type BlockColumn, blockColumns } from './blockValues';
import type { HeldBlock } from './heldBlock';
import { mergeColumns } from './mergeColumns';

/** What was read of a block, and of which state of it. */
interface Read {
  readonly live: unknown;
  readonly weights: unknown;
  readonly bySelection: Map<string, ReadonlyMap<string, BlockColumn>>;
}

/** Selections that are remembered of a block: those of rules that are gone are forgotten with the others. */
const mostSelections = 200;

/** The values that all blocks have, for rules that ask again and again: a block is read once for each state of it. */
export class HeldValues implements ValueSource {
  readonly #blocks: Iterable<HeldBlock>;
  readonly #definition: () => InferenceDefinition;
  readonly #read = new WeakMap<HeldBlock, Read>();

  constructor(blocks: Iterable<HeldBlock>, definition: () => InferenceDefinition) {
    this.#blocks = blocks;
    this.#definition = definition;
  }

  series(selection: Selection, afterUs: number, toUs: number): readonly ValueSeries[] {
    const groups = new Map<string, BlockColumn[]>();
    for (const [, columns] of this.#columnsOfBlocks(selection)) {
      for (const [key, column] of columns) {
        if (!overlaps(column, afterUs, toUs)) continue;
        const known = groups.get(key);
        if (known) known.push(column);
        else if (groups.size < mostGroups) groups.set(key, [column]);
      }
    }
    return [...groups.values()].map((columns) => ({
      labels: columns[0]?.labels ?? [],
      columns: mergeColumns(columns),
    }));
  }

  /** The end of the span that ended last of all inferences; `undefined` without any. */
  newestUs(): number | undefined {
    let newest: number | undefined;
    for (const held of this.#blocks) {
      const end = held.liveInferences.at(-1)?.endTimeUs;
      if (end !== undefined && (newest === undefined || end > newest)) newest = end;
    }
    return newest;
  }

  /** The span of a group whose value is nearest to one, in (afterUs, toUs]: of equals the last. */
  nearest(
    selection: Selection & { readonly labels: readonly string[] },
    value: number,
    [afterUs, toUs]: readonly [number, number],
  ): Span | undefined {
    let best: { held: HeldBlock; row: number; distance: number; timeUs: number } | undefined;
    for (const [held, columns] of this.#columnsOfBlocks(selection)) {
      const column = columns.get(selection.labels.join('\0'));
      if (!column || !overlaps(column, afterUs, toUs)) continue;
      for (const [i, timeUs] of column.timeUs.entries()) {
        if (timeUs <= afterUs || timeUs > toUs) continue;
        const distance = Math.abs((column.value[i] ?? 0) - value);
        const isBetter =
          !best || distance < best.distance || (distance === best.distance && timeUs >= best.timeUs);
        if (isBetter) best = { held, row: column.row[i] ?? 0, distance, timeUs };
      }
    }
    return best?.held.view.span(best.row);
  }

  *#columnsOfBlocks(selection: Selection): Iterable<readonly [HeldBlock, ReadonlyMap<string, BlockColumn>]> {
    const { signal, service, operation, groupBy } = selection;
    const key = JSON.stringify([signal, service, operation, groupBy]);
    for (const held of this.#blocks) {
      const { bySelection } = this.#readOf(held);
      let columns = bySelection.get(key);
      if (!columns) {
        columns = blockColumns(held, selection, this.#definition());
        if (bySelection.size >= mostSelections) bySelection.clear();
        bySelection.set(key, columns);
      }
      yield [held, columns];
    }
  }

  /** A block says by another list of its inferences, and by other weights, that something of it has changed. */
  #readOf(held: HeldBlock): Read {
    const { liveInferences: live, weights } = held;
    const known = this.#read.get(held);
    if (known?.live === live && known.weights === weights) return known;
    const read = { live, weights, bySelection: new Map() };
    this.#read.set(held, read);
    return read;
  }
}

function overlaps({ timeUs }: BlockColumn, afterUs: number, toUs: number): boolean {
  return (timeUs[timeUs.length - 1] ?? 0) > afterUs && (timeUs[0] ?? 0) <= toUs;
}
