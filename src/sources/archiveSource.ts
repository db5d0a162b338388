import { Archive, type ArchiveOptions } from './archive/archive';

// Entry of a bundle of its own, which is loaded when everything else stands: keeping is not needed to show.

/** An archive, which begins to keep. */
export function openArchive(options: ArchiveOptions): Archive {
  return new Archive(options);
}
