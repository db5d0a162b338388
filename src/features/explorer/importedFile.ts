import { formatElapsed } from '../../core/duration';
import type { ImportedFile } from '../../core/store/openedTraces';
import { cleanText } from '../../core/trace/cleanText';
import { buildSpanTree } from '../../core/trace/spanTree';
import type { Trace } from '../../core/trace/trace';
import { matchesFilter, noFilter, type Row, type TraceFilter, type Translate } from './model';
import type { NodeSubject } from './treeNode';

/** The line of an imported file: how many traces it has, and whether all of it could be read. */
export function fileRow(file: ImportedFile, t: Translate): Row {
  const { traces } = file.store.stats();
  const problems = problemCount(file);
  const parts = [traces === 1 ? t('1 trace') : t('{0} traces', String(traces))];
  if (problems > 0) parts.push(problems === 1 ? t('1 problem') : t('{0} problems', String(problems)));
  const label = cleanText(file.name, 80) || t('(no name)');
  const description = parts.join(' · ');
  return { label, description, ariaLabel: t('Imported file {0}, {1}', label, parts.join(', ')) };
}

/** How many parts of a file could not be read, or had to be mended. */
export function problemCount({ problems, moreProblems }: ImportedFile): number {
  return problems.length + moreProblems;
}

/** The line of one of a file's problems. */
export function problemRow(file: ImportedFile, index: number, t: Translate): Row | undefined {
  const problem = file.problems[index];
  if (!problem) return undefined;
  const label = cleanText(problem.what, 120);
  const description = cleanText(problem.where, 120);
  return { label, description, ariaLabel: t('Problem: {0} {1}', label, description).trim() };
}

/** The line of a trace that has no inference: its first span, and how many there are. */
export function traceRow(trace: Trace, t: Translate): Row {
  const root = buildSpanTree(trace)[0]?.span ?? trace.spans[0];
  const label = cleanText(root?.name ?? '', 80) || t('(no name)');
  const count = trace.spans.length;
  const parts = [
    formatElapsed(trace.endTimeUs - trace.startTimeUs),
    count === 1 ? t('1 span') : t('{0} spans', String(count)),
  ];
  if (trace.spans.some(({ status }) => status === 'error')) parts.push(t('error'));
  parts.push(cleanText(root?.service ?? '', 40));
  const description = parts.filter((part) => part !== '').join(' · ');
  return { label, description, ariaLabel: t('Trace {0}, {1}', label, description) };
}

/**
 * What is below an imported file: its problems, its inferences, the newest first, and its traces that have none. Nothing is looked at
 * that is not asked for: there may be hundreds of thousands, of which a page is shown.
 */
export function* fileSubjects(
  file: ImportedFile,
  filter: TraceFilter,
  thresholdMs: number | undefined,
): Generator<NodeSubject> {
  const { store } = file;
  const isAll = filter === noFilter;
  if (problemCount(file) > 0) yield { kind: 'problems' };
  const inferences = store.inferences();
  for (let i = inferences.length - 1; i >= 0; i--) {
    const inference = inferences[i];
    if (!inference || !(isAll || matchesFilter(inference, filter, thresholdMs))) continue;
    const { traceId, spanId } = inference.span;
    yield { kind: 'inference', traceId, spanId };
  }
  const others: Trace[] = [];
  for (const traceId of store.traceIds()) {
    const trace = store.inferencesOf(traceId).length > 0 ? undefined : store.trace(traceId);
    if (trace && (isAll || matchesTrace(trace, filter))) others.push(trace);
  }
  others.sort((a, b) => b.endTimeUs - a.endTimeUs);
  for (const { traceId } of others) yield { kind: 'trace', traceId };
}

/** Whether a trace without an inference passes a filter: it has no latency to be slow. */
function matchesTrace({ traceId, spans }: Trace, filter: TraceFilter): boolean {
  if (filter.isSlowOnly) return false;
  if (filter.isErrorsOnly && !spans.some(({ status }) => status === 'error')) return false;
  const text = filter.text.toLowerCase();
  const texts = () => spans.flatMap(({ name, service }) => [name, service]);
  return text === '' || [traceId, ...texts()].some((value) => value.toLowerCase().includes(text));
}
