/** The parts of a POSIX or Windows path or `file:` URI, without drive letters and empty parts. */
export function segments(path: string): readonly string[] {
  return (path.startsWith('file://') ? decodePercent(path.slice('file://'.length)) : path)
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && !/^[a-z]:$/i.test(part));
}

/** Text with its percent signs decoded, part by part; a part that is no such text stays as it is. */
function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** Whether a path is of Windows, where upper and lower case are the same. */
export function isWindowsPath(path: string): boolean {
  return /^(?:file:\/\/)?\/?[a-z](?::|%3a)[\\/]/i.test(path) || path.includes('\\');
}

/**
 * How many of the last parts of two paths are the same: 0 when even the file names differ. Paths of traces come from containers and
 * other machines, so only their ends can be compared.
 */
export function commonSuffixLength(a: string, b: string): number {
  const ignoresCase = isWindowsPath(a) || isWindowsPath(b);
  const parts = (path: string) => segments(ignoresCase ? path.toLowerCase() : path);
  const [left, right] = [parts(a), parts(b)];
  let same = 0;
  while (same < left.length && same < right.length && left.at(-1 - same) === right.at(-1 - same)) same++;
  return same;
}

/** The file name at the end of a path. */
export function fileNameOf(path: string): string {
  return segments(path).at(-1) ?? '';
}
