// @ts-check

/**
 * @typedef {object} StartOptions
 * @property {boolean} isJaegerWanted the way of the traces is a real Jaeger, not the editor itself
 * @property {import('./storyClock.mjs').Timetable | undefined} timetable undefined: nothing happens by itself
 */

/**
 * Reads `npm start -- [--jaeger]`, and the environment: WHYSPAN_JAEGER_URL, a Jaeger that runs already, wants Jaeger, too;
 * WHYSPAN_STORY is two numbers of seconds, such as `60 300` (slow, then fast again), or `off`.
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {StartOptions} throws an Error that says what is wrong
 */
export function parseStartOptions(args, env) {
  const unknown = args.find((arg) => arg !== '--jaeger');
  if (unknown !== undefined) throw new Error(`unknown: ${unknown}. There is --jaeger: npm start -- --jaeger`);
  const isJaegerWanted = args.length > 0 || Boolean(env.WHYSPAN_JAEGER_URL);
  return { isJaegerWanted, timetable: parseTimetable(env.WHYSPAN_STORY || '60 300') };
}

/** @param {string} text */
function parseTimetable(text) {
  if (text === 'off') return undefined;
  const [slow, fast] = /^(\d+) (\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (slow === undefined || fast === undefined || fast <= slow || fast > 86_400)
    throw new Error(
      `WHYSPAN_STORY is "${text}", neither off nor two rising numbers of seconds, such as 60 300`,
    );
  return { slowAfterMs: slow * 1000, fastAfterMs: fast * 1000 };
}
