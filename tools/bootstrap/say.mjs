// @ts-check

/**
 * One line about what a tool does, for people.
 * @param {string} text
 */
export function say(text) {
  console.log(`• ${text}`);
}
