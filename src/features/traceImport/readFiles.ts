import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { blockBytes, type SpanBlock } from '../../core/columns/spanBlock';
import { HumanError, isHumanError } from '../../core/humanError';
import type { ImportedFile } from '../../core/store/openedTraces';
import type { TraceStore } from '../../core/store/traceStore';
import { cleanText } from '../../core/trace/cleanText';
import type { Deps } from '../../platform/deps';
import { isCancellation } from '../../sources/cancellation';
import { readInThread } from '../../sources/traceFile/readInThread';
import { withLateProgress } from './lateProgress';
import type { WantedFile } from './wantedFile';

const t = vscode.l10n.t;

/**
 * Reads files and keeps their traces, one after the other, each once, each with progress and a way to stop, which stops the rest too.
 * A file that fails is told and does not stop them.
 */
export async function importFiles(wanted: readonly WantedFile[], deps: Deps): Promise<void> {
  for (const file of new Map(wanted.map((each) => [each.key, each])).values()) {
    try {
      deps.opened.addFile(await readFile(file, deps));
    } catch (error) {
      if (isCancellation(error)) return;
      deps.report(withName(error, file), 'import traces');
    }
  }
}

function readFile(wanted: WantedFile, deps: Deps): Promise<ImportedFile> {
  return withLateProgress(t('Reading {0}', shownName(wanted)), async (signal, onProgress) => {
    const room = deps.opened.roomFor(wanted.key);
    const blocks: SpanBlock[] = [];
    let bytes = 0;
    const onBlock = (block: SpanBlock) => {
      bytes += blockBytes(block);
      if (bytes > room) throw noRoom(room);
      blocks.push(block);
    };
    const workerFile = vscode.Uri.joinPath(deps.extensionUri, 'dist/traceFileWorker.js').fsPath;
    const source = await wanted.open();
    const contents = await readInThread({ source }, { workerFile, signal, onBlock, onProgress });
    const store = await storeOf(blocks, deps);
    if (store.stats().traces === 0) throw noTraces(contents.problems[0]?.what);
    const { key, name } = wanted;
    return { key, name, store, ...contents };
  });
}

/** Takes block after block in, and lets the editor do something in between: of some formats, all blocks come at once. */
async function storeOf(blocks: readonly SpanBlock[], { opened }: Deps): Promise<TraceStore> {
  const store = opened.newStore();
  for (const block of blocks) {
    store.addBlocks([block], 0);
    await setImmediate();
  }
  return store;
}

function noTraces(why: string | undefined): HumanError {
  const message = why === undefined ? t('It holds no traces.') : t('It holds no traces: {0}.', why);
  return new HumanError('broken-answer', message);
}

function noRoom(roomBytes: number): HumanError {
  const megabytes = Math.floor(roomBytes / 1e6);
  return new HumanError(
    'too-large',
    t(
      'Its traces need more than the {0} MB that imported files may still take. Remove a file, or raise whyspan.store.maxMegabytes.',
      megabytes,
    ),
  );
}

/** A failure that says which of several files it is about. */
function withName(error: unknown, wanted: WantedFile): unknown {
  if (!isHumanError(error) || error.message.includes('“')) return error;
  return new HumanError(error.kind, `“${shownName(wanted)}”: ${error.message}`, { cause: error });
}

function shownName({ name }: WantedFile): string {
  return cleanText(name, 60);
}
