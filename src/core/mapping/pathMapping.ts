import { isWindowsPath, segments } from './pathMatch';

/** Says where files of another machine lie here: what is below `from` is below `to`. Both are folders, or files. */
export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/** Where a path of a trace lies here, by the mapping that says most of it; the path itself when none does. */
export function mapPath(path: string, mappings: readonly PathMapping[]): string {
  const parts = segments(path);
  let best: { readonly length: number; readonly to: string } | undefined;
  for (const { from, to } of mappings) {
    const start = segments(from);
    const isBetter = start.length > (best?.length ?? -1) && start.length <= parts.length;
    if (
      isBetter &&
      isRooted(path, from) &&
      beginsWith(parts, start, isWindowsPath(from) || isWindowsPath(path))
    )
      best = { length: start.length, to };
  }
  return best ? [best.to.replace(/[\\/]+$/, ''), ...parts.slice(best.length)].join('/') : path;
}

function beginsWith(parts: readonly string[], start: readonly string[], ignoresCase: boolean): boolean {
  const same = (a = '', b = '') => a === b || (ignoresCase && a.toLowerCase() === b.toLowerCase());
  return start.every((part, i) => same(part, parts[i]));
}

/** Drives, and whether a path begins at the root, must agree: `app/x.py` is not below `/app`. */
function isRooted(path: string, from: string): boolean {
  return rootOf(path) === rootOf(from);
}

function rootOf(path: string): string {
  const plain = path.replace(/^file:\/\//, '').replace(/^\/(?=[a-z](?::|%3a))/i, '');
  const drive = /^([a-z])(?::|%3a)/i.exec(plain)?.[1];
  return drive ? `${drive.toLowerCase()}:` : /^[\\/]/.test(plain) ? '/' : '';
}
