import { parentPort } from 'node:worker_threads';
import { blockBuffers } from '../../core/columns/spanBlock';
import { JaegerBlockDecoder } from '../../core/jaeger/jaegerBlockDecoder';
import { KnownTraces } from '../../core/jaeger/knownTraces';
import type { DecodeRequest, DecodeResponse } from './protocol';
import { skipAhead } from './traceDecoder';

// Entry of the decoder's thread.
const decoders = new Map<number, JaegerBlockDecoder>();
const knownOf = new Map<number, KnownTraces>();

function say(response: DecodeResponse): void {
  const transfer = response.kind === 'block' ? [...blockBuffers(response.block)] : [];
  parentPort?.postMessage(response, transfer);
}

function begin({ id, source, isOnlyChanged, limit }: DecodeRequest & { kind: 'begin' }): void {
  let known: KnownTraces | undefined;
  if (isOnlyChanged) {
    known = knownOf.get(source) ?? new KnownTraces();
    knownOf.set(source, known);
  }
  const onBlock = (block: Parameters<typeof blockBuffers>[0]) => say({ kind: 'block', id, block });
  decoders.set(id, new JaegerBlockDecoder({ onBlock, known, limit, skipAhead }));
}

function take(request: DecodeRequest): void {
  if (request.kind === 'begin') begin(request);
  else if (request.kind === 'forget') knownOf.delete(request.source);
  else {
    const { id } = request;
    const decoder = decoders.get(id);
    if (request.kind === 'chunk') {
      if (decoder?.push(request.bytes) === false) say({ kind: 'broken', id });
      return;
    }
    decoders.delete(id);
    if (request.kind === 'end' && decoder) say({ kind: 'end', id, decoding: decoder.end() });
  }
}

parentPort?.on('message', (request: DecodeRequest) => {
  try {
    take(request);
  } catch (error) {
    const id = 'id' in request ? request.id : 0;
    decoders.delete(id);
    say({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});
