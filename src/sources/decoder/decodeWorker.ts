import { parentPort } from 'node:worker_threads';
import { blockBuffers } from '../../core/columns/spanBlock';
import { KnownTraces } from '../../core/jaeger/knownTraces';
import { decodeDatagrams } from '../jaegerAgent/decodeDatagrams';
import { decodeExport } from '../otlpReceiver/decodeExport';
import { Refusal } from '../otlpReceiver/refusal';
import type { DecodeRequest, DecodeResponse } from './protocol';
import { answerDecoder } from './traceDecoder';

// Entry of the decoder's thread.
const decoders = new Map<number, ReturnType<typeof answerDecoder>>();
const knownOf = new Map<number, KnownTraces>();

function say(response: DecodeResponse): void {
  parentPort?.postMessage(response, [...buffersOf(response)]);
}

function buffersOf(response: DecodeResponse): readonly ArrayBuffer[] {
  if (response.kind === 'block') return blockBuffers(response.block);
  return 'spans' in response ? response.spans.blocks.flatMap(blockBuffers) : [];
}

function begin(request: DecodeRequest & { kind: 'begin' }): void {
  const { id, source, isOnlyChanged } = request;
  let known: KnownTraces | undefined;
  if (isOnlyChanged) {
    known = knownOf.get(source) ?? new KnownTraces();
    knownOf.set(source, known);
  }
  decoders.set(
    id,
    answerDecoder(request, known, (block) => say({ kind: 'block', id, block })),
  );
}

function take(request: DecodeRequest): void {
  switch (request.kind) {
    case 'begin':
      begin(request);
      break;
    case 'forget':
      knownOf.delete(request.source);
      break;
    case 'chunk':
      if (decoders.get(request.id)?.push(request.bytes) === false) say({ kind: 'broken', id: request.id });
      break;
    case 'export':
      say({ kind: 'exported', id: request.id, spans: decodeExport(request.body) });
      break;
    case 'datagrams':
      say({ kind: 'heard', id: request.id, spans: decodeDatagrams(request.batch) });
      break;
    default: {
      const decoder = decoders.get(request.id);
      decoders.delete(request.id);
      if (request.kind === 'end' && decoder) say({ kind: 'end', id: request.id, decoding: decoder.end() });
    }
  }
}

parentPort?.on('message', (request: DecodeRequest) => {
  try {
    take(request);
  } catch (error) {
    const id = 'id' in request ? request.id : 0;
    decoders.delete(id);
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Refusal) say({ kind: 'refused', id, reason: error.reason, message });
    else say({ kind: 'failed', id, message });
  }
});
