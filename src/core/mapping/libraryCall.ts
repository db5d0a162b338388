import type { SpanSite } from '../store/spanSite';
import type { LibraryCall } from './callSites';

/** Calls that do whatever they are told, by what their span says that was done. */
const generalCalls: readonly {
  readonly operations: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
}[] = [
  {
    operations: words('select insert update delete merge with create drop alter begin commit rollback'),
    calls: words(
      'execute executemany executescript exec query queryrow querycontext execcontext queryrowcontext scalar scalars executequery executeupdate fetch fetchrow fetchval fetchone fetchall prepare',
    ),
  },
  {
    operations: words('get post put patch delete head options'),
    calls: words('request fetch urlopen send sendasync do execute exchange axios retrieve'),
  },
  {
    operations: words('chat textcompletion generatecontent completion embeddings'),
    calls: words('create generate generatecontent complete completion parse invoke stream chat embed'),
  },
  {
    operations: words('publish send produce create'),
    calls: words('send publish produce basicpublish put enqueue delay applyasync'),
  },
];

/**
 * The call that made the spans of a library's site, of those of the function that they were made in: the one that is called as the
 * span's operation is (`get_object`, `GetObject`), else the one that does what it is told (`execute`, `SELECT`). None when several could be.
 */
export function libraryCallOf(
  { spanName, library }: Pick<SpanSite, 'spanName' | 'library'>,
  calls: readonly LibraryCall[],
): LibraryCall | undefined {
  const operations = new Set([...operationsOf(spanName), ...operationsOf(library?.operation ?? '')]);
  const same = calls.filter(({ name }) => operations.has(plain(name)));
  if (same.length > 0) return onlyLine(same);
  const general = new Set(
    generalCalls.flatMap((each) =>
      [...operations].some((one) => each.operations.has(one)) ? [...each.calls] : [],
    ),
  );
  return onlyLine(calls.filter(({ name }) => general.has(plain(name))));
}

/** The words of a span's name, and what follows the last dot or slash: `S3.GetObject`, `SELECT features`, `/pkg.Service/Predict`. */
function operationsOf(text: string): readonly string[] {
  return text
    .split(/[\s/.:]+/)
    .map(plain)
    .filter((word) => word.length > 1);
}

/** A name without case and underscores. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function onlyLine(calls: readonly LibraryCall[]): LibraryCall | undefined {
  return new Set(calls.map(({ line }) => line)).size === 1 ? calls[0] : undefined;
}
