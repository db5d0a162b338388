import { fileNameOf, segments } from './pathMatch';

/** Folders of code that is not the workspace's own: what was installed, built or generated. */
export const foreignFolders = [
  ...['node_modules', 'site-packages', 'dist-packages', '.venv', 'venv', '.tox', '.git', '__pycache__'],
  ...['vendor', 'target', 'dist', 'out', 'build'],
] as const;

const installed = new Set(['node_modules', 'site-packages', 'dist-packages']);

/** Whether a path leads into packages that were installed, on whichever machine. */
export function isInstalledCode(path: string): boolean {
  return segments(path).some((part) => installed.has(part)) || ofLanguage.test(path);
}

/** Libraries and sources of the languages themselves. */
const ofLanguage =
  /^<frozen |^node:|[\\/]lib[\\/]python3|^\/rustc\/|[\\/]\.cargo[\\/]registry|[\\/]go[\\/]pkg[\\/]mod[\\/]|[\\/]go[\\/]src[\\/](?:runtime|net|testing)[\\/]/;

/** Whether a path is what a cell of a notebook is called by its kernel: the name says nothing of where the notebook lies. */
export function isCellPath(path: string): boolean {
  return (
    /^<(?:ipython-input-|stdin>|string>)/.test(path) ||
    /(?:^|[\\/])ipykernel_\d+[\\/]/.test(path) ||
    fileNameOf(path).endsWith('.ipynb')
  );
}
