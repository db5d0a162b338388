import { defaultLensFormat } from '../../../src/core/lens/lensFields';
import { LensFormat } from '../../../src/core/lens/lensFormat';
import { collectCallSites } from '../../../src/core/mapping/collectCallSites';
import { SiteLocator } from '../../../src/core/mapping/siteLocator';
import { WorkspaceIndex } from '../../../src/core/mapping/workspaceIndex';
import type { TraceStore } from '../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../src/core/trace/inference';
import { lensText } from '../../../src/features/annotations/lensText';
import { annotate } from '../../../src/features/annotations/model';
import { latencyText, predictionText } from '../../../src/features/annotations/text';
import { functionMatch, writeMatch } from '../../unit/core/mapping/captures';
import { english as t } from '../../unit/features/explorer/english';

const format = new LensFormat(defaultLensFormat);

/** The file that all spans of the sample come from, by their code attributes: a function for each of its ten places. */
const source = {
  path: '/app/examples/inference/ai_infer.py',
  callSites: collectCallSites([
    functionMatch('ai_inference_pipeline', 10, 20),
    writeMatch(13, 13, { key: 'storage_latency_ms' }),
    writeMatch(14, 14, { key: 'model_prediction' }),
  ]),
};

const index = new WorkspaceIndex();
index.set({ key: source.path, path: source.path, ...source.callSites });
const locator = new SiteLocator({ index, mapPath: (path) => path });
const file = {
  callSites: source.callSites,
  locate: (store: TraceStore) => locator.sitesIn(source.path, store.sites()),
};

/** All that is written into a file at a time: what is drawn again when something has come. */
export function lensData(store: TraceStore, nowUs: number): number {
  const { functions, writes } = annotate(file, store, defaultInferenceDefinition);
  const window = { nowUs, windowUs: 300_000_000 };
  const texts = [
    ...functions.map(({ summary }) =>
      lensText(summary, format, { recent: window, thresholdMs: 300, share: undefined, t }),
    ),
    ...writes.map(({ signal, summary }) =>
      signal === 'latency' ? latencyText(summary, window, t) : predictionText(summary, window, t),
    ),
  ];
  if (texts.join('').length < 100) throw new Error('nothing to draw');
  return texts.length;
}

/**
 * Asks a store what the features ask it after a change: what is in it and what to write into a file; and, by a timer of its own as the alert
 * has one, what the alert looks at.
 */
export function watch(store: TraceStore, nowUs: () => number, everyMs = 250): { dispose(): void } {
  let pending: ReturnType<typeof setTimeout> | undefined;
  let alert: ReturnType<typeof setTimeout> | undefined;
  const evaluate = () => {
    alert = undefined;
    for (const service of store.services())
      store.signal(defaultInferenceDefinition.latencyAttribute, { service, afterUs: nowUs() - 300_000_000 });
  };
  const draw = () => {
    pending = undefined;
    if (store.stats().inferences > 0) lensData(store, nowUs());
  };
  const listening = store.onDidChange(() => {
    pending ??= setTimeout(draw, everyMs);
    alert ??= setTimeout(evaluate, everyMs + 20);
  });
  return {
    dispose: () => {
      clearTimeout(pending);
      clearTimeout(alert);
      listening.dispose();
    },
  };
}
