import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { packSites } from '../../core/mapping/indexedFile';
import type { ParseRequest, ParseResponse } from './protocol';
import { TreeSitterCallSites } from './treeSitter';

// Entry of the parser's thread. `workerData` is the folder of the .wasm files.
const parser = new TreeSitterCallSites((name) => join(String(workerData), name));

async function answer({ id, wanted, language, text, name }: ParseRequest): Promise<ParseResponse> {
  try {
    const source = typeof text === 'string' ? text : new TextDecoder().decode(text);
    if (wanted === 'calls') return { id, answer: { calls: await parser.calls(language, source) } };
    const callSites = await parser.find(language, source, name);
    return { id, answer: wanted === 'packed' ? { packed: packSites(callSites) } : { callSites } };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: ParseRequest) => {
  void answer(request).then((response) => parentPort?.postMessage(response));
});
