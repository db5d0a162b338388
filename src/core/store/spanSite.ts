import type { AttributeValue, Span } from '../trace/span';

/** No file has more lines; larger numbers are something else. */
const lastLine = 2 ** 31;

/** Where in the code a span says it was opened. */
export interface CodeAttributes {
  readonly filePath: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  readonly functionName: string | undefined;
  /** The attributes have the names that OpenTelemetry gave them before. */
  readonly hasOldNames?: boolean;
}

/** What is known of spans that a library made, which was called by other code. */
export interface LibraryWork {
  /** What the library did: `db.operation.name`, `rpc.method`, `http.request.method`… */
  readonly operation: string | undefined;
  /** The site of the spans around these; `undefined` when they are unknown, or another library's. */
  readonly caller: Omit<SpanSite, 'spanCount' | 'library'> | undefined;
}

/** All spans of one service that have the same name and the same code attributes: what one place in the code made. */
export interface SpanSite extends CodeAttributes {
  /** Identifies the site as long as the store lives. */
  readonly key: string;
  readonly service: string;
  readonly spanName: string;
  readonly spanCount: number;
  /** Of spans that a library made. */
  readonly library?: LibraryWork;
}

/** The `code.*` attributes of a span: today's names, else the old ones. */
export function codeAttributes(span: Pick<Span, 'attributes'>): CodeAttributes {
  const { attributes } = span;
  const namespace = text(attributes.get('code.namespace'));
  const oldFunction = text(attributes.get('code.function'));
  const hasOldNames = !attributes.has('code.file.path') && !attributes.has('code.function.name');
  const hasNames = attributes.has('code.filepath') || oldFunction !== undefined;
  return {
    ...(hasNames && hasOldNames ? { hasOldNames } : {}),
    filePath: text(attributes.get('code.file.path')) ?? text(attributes.get('code.filepath')),
    line: lineNumber(attributes.get('code.line.number')) ?? lineNumber(attributes.get('code.lineno')),
    functionName:
      text(attributes.get('code.function.name')) ??
      (oldFunction && namespace ? `${namespace}.${oldFunction}` : oldFunction),
  };
}

/** The key of the site that a span belongs to; of a library's span with what it did and the key of its caller's site. */
export function siteKey(
  span: Pick<Span, 'service' | 'name'>,
  code: CodeAttributes,
  library?: readonly [operation: string, caller: string],
): string {
  const { filePath, line, functionName, hasOldNames } = code;
  const own = [span.service, span.name, filePath, line, functionName, hasOldNames];
  return JSON.stringify(library ? [...own, ...library] : own);
}

function text(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function lineNumber(value: AttributeValue | undefined): number | undefined {
  const line = typeof value === 'boolean' ? Number.NaN : Number(value);
  return Number.isInteger(line) && line > 0 && line <= lastLine ? line : undefined;
}
