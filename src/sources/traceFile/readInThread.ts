import { Worker } from 'node:worker_threads';
import type { SpanBlock } from '../../core/columns/spanBlock';
import { HumanError } from '../../core/humanError';
import type { TraceFileContents } from '../../core/traceFile/traceFileBlocks';
import { CancellationError } from '../cancellation';
import type { TraceFileTask, TraceFileWord } from './threadProtocol';

/** How a file is read in a thread. */
export interface ReadInThreadOptions {
  /** The path of the worker's bundle. */
  readonly workerFile: string;
  readonly signal: AbortSignal;
  /** Most memory for the objects of the thread; as much as Node gives a thread unless given. */
  readonly maxHeapMegabytes?: number;
  /** Hears of each block as it comes; what it throws ends the reading and is thrown. */
  readonly onBlock: (block: SpanBlock) => void;
  /** Hears how much of the file was read: from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Reads a trace file in a thread of its own, which is ended when nobody waits for it any more. Throws a HumanError when the file cannot
 * be read or needs more memory than the thread may have, and what `isCancellation` knows.
 */
export function readInThread(task: TraceFileTask, options: ReadInThreadOptions): Promise<TraceFileContents> {
  const { workerFile, signal, maxHeapMegabytes, onBlock, onProgress } = options;
  return new Promise<TraceFileContents>((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancellationError());
      return;
    }
    const worker = new Worker(workerFile, {
      workerData: task,
      transferList: transferable(task),
      ...(maxHeapMegabytes === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes } }),
    });
    const cancel = () => finish(() => reject(new CancellationError()));
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', cancel);
      worker.removeAllListeners();
      // Its memory may still run out while it is being ended; nobody has to hear of that.
      worker.on('error', () => undefined);
      void worker.terminate();
      settle();
    };
    signal.addEventListener('abort', cancel);
    worker.on('message', (word: TraceFileWord) => {
      try {
        if (word.kind === 'progress') onProgress(word.share);
        else if (word.kind === 'block') onBlock(word.block);
        else if (word.kind === 'end') finish(() => resolve(word.contents));
        else finish(() => reject(failureOf(word)));
      } catch (error) {
        finish(() => reject(error));
      }
    });
    worker.on('error', (error) => finish(() => reject(threadFailure(error))));
    worker.on('exit', (code) => finish(() => reject(new Error(`The thread ended with code ${code}`))));
  });
}

/** The buffer of a file's bytes, when nothing else lies in it. */
function transferable({ source }: TraceFileTask): ArrayBuffer[] {
  if (source.kind === 'path') return [];
  const { buffer, byteLength } = source.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function failureOf({ failure, message }: TraceFileWord & { kind: 'failed' }): Error {
  return failure === undefined ? new Error(message) : new HumanError(failure, message);
}

function threadFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new HumanError('too-large', 'The file needs more memory than there is to read it in.', {
    cause: error,
  });
}
