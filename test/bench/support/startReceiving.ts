import { type StoreLimits, TraceStore } from '../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../src/core/trace/inference';
import type { DecodeThread } from '../../../src/sources/decoder/decodeThread';
import { OtlpReceiver } from '../../../src/sources/otlpReceiver/otlpReceiver';
import { watch } from './watchingFaces';

/** Everything as the extension has it, but for VS Code: receiver, decoder's thread, store, and what features ask it. */
export async function startReceiving(thread: DecodeThread, limits: StoreLimits, nowUs: () => number) {
  const store = new TraceStore({ definition: defaultInferenceDefinition, limits });
  const receiver = new OtlpReceiver({
    ...{ windowId: 'bench', port: 0, decoder: thread },
    onBlocks: (blocks) => void store.mergeBlocks(blocks, nowUs()),
    onError: (error) => {
      throw error;
    },
  });
  const { port } = await receiver.start();
  const faces = watch(store, nowUs);
  const dispose = () => {
    faces.dispose();
    receiver.dispose();
  };
  return { store, receiver, port, dispose };
}
