import { basename } from 'node:path';
import { HumanError, isHumanError } from '../../core/humanError';
import { cleanText } from '../../core/trace/cleanText';
import { isCancellation } from '../cancellation';

/** A failure with a file as an error that the user can understand; what is that already, or no failure, stays as it is. */
export function fileFailure(error: unknown, path: string, purpose: 'read' | 'write'): unknown {
  if (isHumanError(error) || isCancellation(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = cleanText(basename(path), 80);
  if (code === '') return error;
  if (code === 'ENOENT') return new HumanError('not-found', `There is no “${name}”.`, { cause: error });
  // zlib's codes are those of the library that it wraps.
  const isGzip = code.startsWith('Z_') || code.startsWith('ERR_ZLIB');
  const message = isGzip
    ? `“${name}” begins as a gzip file, but cannot be decompressed.`
    : `“${name}” cannot be ${purpose === 'read' ? 'read' : 'written'} (${code}).`;
  return new HumanError(isGzip ? 'broken-answer' : 'configuration', message, { cause: error });
}
