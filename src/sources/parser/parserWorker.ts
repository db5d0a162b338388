import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ParseRequest, ParseResponse } from './protocol';
import { TreeSitterCallSites } from './treeSitter';

// Entry of the parser's thread. `workerData` is the folder of the .wasm files.
const parser = new TreeSitterCallSites((name) => join(String(workerData), name));

async function answer({ id, language, text, name }: ParseRequest): Promise<ParseResponse> {
  try {
    return { id, callSites: await parser.find(language, text, name) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: ParseRequest) => {
  void answer(request).then((response) => parentPort?.postMessage(response));
});
