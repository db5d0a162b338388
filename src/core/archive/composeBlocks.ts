import { BlockBuilder } from '../columns/blockBuilder';
import { TraceCopier } from '../columns/copyTrace';
import type { SpanBlock } from '../columns/spanBlock';

/** Spans from which a block is worth a record of its own. */
const ownRecord = 64;
/** Spans at which a record is full: little enough to be encoded, and read back, between two frames. */
const fullRecord = 2048;
/** Bytes of texts at which it is. */
const fullTexts = 1024 ** 2;

/**
 * Blocks as they are to be written, one record each: small ones are put together, since each has texts and resources of its own, large ones
 * are cut, and attributes that `isLeftOut` are left out, with all texts that only they have.
 */
export function* composeBlocks(
  blocks: readonly SpanBlock[],
  isLeftOut: ((key: string) => boolean) | undefined,
): Generator<SpanBlock> {
  let builder = new BlockBuilder();
  for (const block of blocks) {
    if (!isLeftOut && isRightSize(block)) {
      yield block;
      continue;
    }
    let copier = new TraceCopier(block, builder, isLeftOut);
    for (let trace = 0; trace < block.traces.id.length; trace++) {
      copier.copy(trace);
      if (builder.spanCount < fullRecord && builder.texts.byteLength < fullTexts) continue;
      yield builder.take();
      builder = new BlockBuilder();
      copier = new TraceCopier(block, builder, isLeftOut);
    }
  }
  if (builder.traceCount > 0) yield builder.take();
}

function isRightSize({ spans, texts }: SpanBlock): boolean {
  const { length } = spans.id;
  return length >= ownRecord && length <= fullRecord && texts.bytes.length <= fullTexts;
}
