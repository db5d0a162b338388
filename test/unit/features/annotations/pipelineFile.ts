import type { TraceStore } from '../../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { annotate, type FileAnnotations } from '../../../../src/features/annotations/model';
import { functionMatch, spanMatch, writeMatch } from '../../core/mapping/captures';
import { traceOf } from '../../core/spanOf';
import { inferenceName } from '../../core/store/storeOf';
import { annotatedFile } from './annotatedFile';

/** A file with an inference from line 10, whose latency is set on 14 to 15 and whose prediction on 18, a load from 30 and a model in it. */
const file = annotatedFile([
  functionMatch('run', 10, 20),
  spanMatch(12, { name: inferenceName }),
  writeMatch(14, 15, { key: 'storage_latency_ms' }),
  writeMatch(18, 18, { key: 'model_prediction' }),
  functionMatch('read', 30, 40),
  spanMatch(31, { name: 'load' }),
  spanMatch(35, { name: 'check' }),
]);

/** What is drawn on that file. */
export function annotated(store: TraceStore): FileAnnotations {
  return annotate(file, store, defaultInferenceDefinition);
}

/** An inference of 100 µs that loaded for so long, 5 µs of it to check. */
export function pipelineTrace(id: number, loadUs: number, latencyMs = loadUs) {
  const startTimeUs = id * 1000;
  return traceOf(
    [
      {
        ...{ id: 1, name: inferenceName, startTimeUs, durationUs: 100 },
        attributes: { storage_latency_ms: latencyMs, model_prediction: 'cat' },
      },
      { id: 2, parent: 1, name: 'load', startTimeUs, durationUs: loadUs },
      { id: 3, parent: 2, name: 'check', startTimeUs, durationUs: 5 },
    ],
    id,
  );
}
