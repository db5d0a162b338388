import { type CaptureMatch, collectCallSites } from '../../../../src/core/mapping/collectCallSites';
import type { AnnotatedFile } from '../../../../src/features/annotations/model';
import { locateAlone } from '../../core/mapping/locateAlone';

/** A file of matches, as if it were the only one. */
export function annotatedFile(matches: readonly CaptureMatch[]): AnnotatedFile {
  const source = { path: '/p/inference.py', callSites: collectCallSites(matches) };
  return { callSites: source.callSites, locate: (store) => locateAlone(source, store.sites()) };
}
