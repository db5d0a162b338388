import { isInstrumentationScope, libraryOperation, scopeOf } from '../../core/columns/librarySpans';
import { codeAttributes, type SpanSite, siteKey } from '../../core/store/spanSite';
import type { Span } from '../../core/trace/span';

/** The site of one span, with the span around it, as the store would have it. */
export function siteOfSpan(span: Span, parent: Span | undefined): SpanSite {
  const own = plainSite(span);
  if (!isLibrarySpan(span)) return { ...own, spanCount: 1 };
  const operation = libraryOperation(span.attributes);
  const isCaller = parent !== undefined && !isLibrarySpan(parent) && parent.service === span.service;
  const caller = isCaller ? plainSite(parent) : undefined;
  const key = siteKey(span, own, [operation ?? '', caller?.key ?? '']);
  return { ...own, key, spanCount: 1, library: { operation, caller } };
}

function plainSite(span: Span): Omit<SpanSite, 'spanCount' | 'library'> {
  const code = codeAttributes(span);
  return { ...code, key: siteKey(span, code), service: span.service, spanName: span.name };
}

function isLibrarySpan({ kind, attributes }: Span): boolean {
  return (kind === 'client' || kind === 'producer') && isInstrumentationScope(scopeOf(attributes));
}
