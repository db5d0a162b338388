// @ts-check

/**
 * The window, as seen from a suite in the extension host.
 * @typedef {(action: string, options?: object) => Promise<any>} Bridge rejects with the action's error
 */

/**
 * Connects a suite with the window it runs in: `await bridge('click', { selector })`; bridgeActions.mjs lists the actions.
 * @returns {Bridge | undefined} undefined on a desktop VS Code, where such tests are skipped
 */
export function connectBridge() {
  const url = process.env.WHYSPAN_BRIDGE_URL;
  const token = process.env.WHYSPAN_BRIDGE_TOKEN ?? '';
  if (!url) return undefined;
  return async (action, options = {}) => {
    const headers = { 'content-type': 'application/json', 'x-whyspan-bridge': token };
    const response = await fetch(`${url}/${action}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(options),
    });
    const { value, error } = /** @type {{value?: any, error?: string}} */ (await response.json());
    if (error !== undefined) throw new Error(`${action}: ${error}`);
    return value;
  };
}
