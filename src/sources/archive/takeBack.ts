import { BlockView } from '../../core/columns/blockView';
import type { SpanBlock } from '../../core/columns/spanBlock';
import { tracesOf } from '../../core/columns/tracesOf';
import type { TraceStore } from '../../core/store/traceStore';

/** Puts what was kept into the store. What is there already, or came meanwhile, is joined; whole traces, which most are, go in as they are. */
export function takeBack(store: TraceStore, block: SpanBlock, nowUs: number): void {
  const view = new BlockView(block);
  const ids = Array.from({ length: view.traceCount }, (_, i) => view.traceId(i));
  const isNew = new Set(ids).size === ids.length && ids.every((id) => store.trace(id) === undefined);
  if (isNew) store.addBlocks([block], nowUs);
  else store.merge(tracesOf([block]), nowUs);
}
