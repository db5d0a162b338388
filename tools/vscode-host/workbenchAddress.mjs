// @ts-check

/**
 * @typedef {object} WorkbenchWindow
 * @property {string | undefined} opened a folder or a .code-workspace file; undefined: an empty window
 * @property {readonly string[]} extensionDevelopmentPaths
 * @property {string} [extensionTestsPath]
 * @property {string} [shownFile] opened in an editor; `file:line` shows that line
 */

/**
 * The path and query that open a window of the web workbench.
 * @param {string} authority host and port
 * @param {WorkbenchWindow} window
 * @returns {string}
 */
export function workbenchAddress(
  authority,
  { opened, extensionDevelopmentPaths, extensionTestsPath, shownFile },
) {
  const remote = (/** @type {string} */ file) => `vscode-remote://${authority}${encodeURI(file)}`;
  const payload = [
    ...extensionDevelopmentPaths.map((folder) => ['extensionDevelopmentPath', remote(folder)]),
    ...(extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote(extensionTestsPath)]]),
    ...(shownFile === undefined
      ? []
      : [
          ['openFile', remote(shownFile)],
          ['gotoLineMode', 'true'],
        ]),
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (opened === undefined) query.set('ew', 'true');
  else query.set(opened.endsWith('.code-workspace') ? 'workspace' : 'folder', opened);
  return `/?${query}`;
}
