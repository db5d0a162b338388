import type { FunctionSite } from './callSites';
import { segments } from './pathMatch';

/** What `code.function.name` says: the function's own name, and what it belongs to, the outermost first. */
export interface QualifiedName {
  readonly name: string;
  readonly qualifiers: readonly string[];
}

/** Reads `pkg.Class.run`, `ns::run`, `github.com/me/app/storage.(*Store).Load`, `outer.<locals>.inner`. */
export function qualifiedName(text: string): QualifiedName {
  const parts = text
    .replace(/<locals>\.?/g, '')
    .replace(/\(\*?(\w+)\)/g, '$1')
    .replace(/\(.*$/, '')
    .split(/[.:/\\#]+/)
    .filter((part) => part !== '');
  return { name: parts.at(-1) ?? text, qualifiers: parts.slice(0, -1) };
}

/** Names that stand for the file that is run, whatever it is called. */
const anyModule = new Set(['__main__', 'main', 'crate']);

/** Whether a function belongs to what a name says: to its class, or, outside of classes, to its module, package or folder. */
export function fitsQualifiers({ qualifiers }: QualifiedName, site: FunctionSite, path: string): boolean {
  const last = qualifiers.at(-1);
  if (last === undefined || last === site.container) return true;
  if (site.container !== undefined) return false;
  const parts = segments(path);
  const stem = (parts.at(-1) ?? '').replace(/\.\w+$/, '');
  return anyModule.has(last) || last === stem || last === parts.at(-2);
}

/** Whether a name says enough to be looked for without anything else: of several words. */
export function isTellingName(name: string): boolean {
  const words = name.match(/[A-Z]?[a-z0-9]{2,}|[A-Z0-9]{2,}/g) ?? [];
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && words.length > 1;
}
