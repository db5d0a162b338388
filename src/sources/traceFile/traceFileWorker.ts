import { parentPort, workerData } from 'node:worker_threads';
import { blockBuffers } from '../../core/columns/spanBlock';
import { isHumanError } from '../../core/humanError';
import { TraceFileBlocks } from '../../core/traceFile/traceFileBlocks';
import { readPlainBytes } from './plainBytes';
import type { TraceFileTask, TraceFileWord } from './threadProtocol';

// Entry of the thread that reads one file, and ends with it.
const progressStep = 0.02;

function say(word: TraceFileWord): void {
  parentPort?.postMessage(word, word.kind === 'block' ? [...blockBuffers(word.block)] : []);
}

async function read({ source, maxBytes }: TraceFileTask): Promise<void> {
  const decoder = new TraceFileBlocks((block) => say({ kind: 'block', block }));
  let told = 0;
  const onProgress = (share: number) => {
    if (share < told + progressStep) return;
    told = share;
    say({ kind: 'progress', share });
  };
  await readPlainBytes(source, (chunk) => decoder.push(chunk), { maxBytes, onProgress });
  say({ kind: 'end', contents: decoder.end() });
}

const task: TraceFileTask = workerData;
read(task).catch((error: unknown) => {
  const failure = isHumanError(error) ? error.kind : undefined;
  say({ kind: 'failed', failure, message: error instanceof Error ? error.message : String(error) });
});
