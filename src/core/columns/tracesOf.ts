import type { Trace } from '../trace/trace';
import { BlockView } from './blockView';
import type { SpanBlock } from './spanBlock';

/** The traces of blocks, as handles. */
export function tracesOf(blocks: readonly SpanBlock[]): readonly Trace[] {
  return blocks.flatMap((block) => {
    const view = new BlockView(block);
    return Array.from({ length: view.traceCount }, (_, i) => view.trace(i));
  });
}
