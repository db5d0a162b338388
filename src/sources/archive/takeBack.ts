import { BlockBuilder } from '../../core/columns/blockBuilder';
import { BlockView } from '../../core/columns/blockView';
import { TraceCopier } from '../../core/columns/copyTrace';
import type { SpanBlock } from '../../core/columns/spanBlock';
import type { TraceStore } from '../../core/store/traceStore';

/** Puts what was kept into the store. What is there already, or came meanwhile, is joined; whole traces, which most are, go in as they are. */
export function takeBack(store: TraceStore, block: SpanBlock, nowUs: number): void {
  const view = new BlockView(block);
  const times = new Map<string, number>();
  for (let i = 0; i < view.traceCount; i++) times.set(view.traceId(i), (times.get(view.traceId(i)) ?? 0) + 1);
  const isWhole = (id: string) => times.get(id) === 1 && store.trace(id) === undefined;
  const pieces = Array.from({ length: view.traceCount }, (_, i) => i).filter(
    (i) => !isWhole(view.traceId(i)),
  );
  if (pieces.length === 0) {
    store.addBlocks([block], nowUs);
    return;
  }
  const builder = new BlockBuilder();
  const copier = new TraceCopier(block, builder);
  for (let i = 0; i < view.traceCount; i++) if (isWhole(view.traceId(i))) copier.copy(i);
  const merged = pieces.map((i) => view.trace(i));
  store.addBlocks([builder.take()], nowUs);
  store.merge(merged, nowUs);
}
